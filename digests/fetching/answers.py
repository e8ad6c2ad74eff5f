"""What a server says about its answer: status, kind, encoding, where to go instead, when to come back."""

import ssl
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from aiohttp import ClientResponse, hdrs

from digests.fetching.errors import BadStatus, CertificateFlaw, Forbidden, NotFound, Overloaded

NOT_MODIFIED = HTTPStatus.NOT_MODIFIED
_SERVER_ERRORS_FROM = 500
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_CLOSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS)
_ELSEWHERE = (
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
)
# X.509 verification results (OpenSSL, x509_vfy.h)
_FLAWS = {
    9: CertificateFlaw.EXPIRED,  # not valid yet
    10: CertificateFlaw.EXPIRED,
    18: CertificateFlaw.SELF_SIGNED,
    62: CertificateFlaw.WRONG_HOST,
    64: CertificateFlaw.WRONG_HOST,  # an IP address that the certificate does not name
}


def redirect(response: ClientResponse) -> str | None:
    """Return the absolute address that an answer sends one on to; None if it is an answer itself."""
    target = response.headers.get(hdrs.LOCATION, "").strip()
    if response.status not in _ELSEWHERE or not target:
        return None
    return str(response.url.join(type(response.url)(target)))


def check_status(response: ClientResponse, now: datetime) -> None:
    """Raise a BadStatus unless there is something to read, or nothing new for somebody who asked what is."""
    status = response.status
    is_asked = any(name in response.request_info.headers for name in (hdrs.IF_NONE_MATCH, hdrs.IF_MODIFIED_SINCE))
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or (status == NOT_MODIFIED and is_asked):
        return
    wait_s = _wait_s(response.headers.get(hdrs.RETRY_AFTER, ""), now)
    if status in _GONE:
        raise NotFound(status, wait_s)
    if status in _CLOSED:
        raise Forbidden(status, wait_s)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= _SERVER_ERRORS_FROM:
        raise Overloaded(status, wait_s)
    raise BadStatus(status, wait_s)


def kind(response: ClientResponse) -> tuple[str, str | None]:
    """Return the media type in lower case, empty if the server names none, and the charset it names."""
    if not response.headers.get(hdrs.CONTENT_TYPE, "").strip():
        return "", None
    try:
        return response.content_type.lower(), response.charset
    except ValueError:
        return response.content_type.lower(), None


def guessed(body: bytes) -> str:
    """Return the media type that a body looks like when its server names none."""
    head = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<?xml"):
        return "application/xml"
    if head.startswith(b"<"):
        return "text/html"
    return "application/json" if head.startswith((b"{", b"[")) else "application/octet-stream"


def encoding(response: ClientResponse) -> str:
    """Return how the body is compressed; empty if it is not."""
    return response.headers.get(hdrs.CONTENT_ENCODING, "").strip().lower()


def flaw(error: Exception) -> CertificateFlaw:
    """Return what is wrong with a certificate, as far as one can tell."""
    code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else 0
    return _FLAWS.get(code, CertificateFlaw.OTHER)


def _wait_s(text: str, now: datetime) -> float | None:
    """Return how long Retry-After says to wait: seconds, or until a date (RFC 9110, 10.2.3)."""
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max((parsedate_to_datetime(text) - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None
