"""Why something could not be fetched from a site, in words."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.views.markup import clipped
from digests.errors import DigestError
from digests.fetching import errors
from digests.fetching.errors import CertificateFlaw

QUOTED_UTF16 = 60  # of an address or a host, in a sentence about it
MEGABYTE = 1024 * 1024

PLAIN: dict[type[DigestError], Callable[[Translator], str]] = {
    errors.SchemeRefused: lambda t: t("Only addresses that begin with http:// or https:// are read."),
    errors.CredentialsRefused: lambda t: t(
        "There is a name or a password in the address. Send the address without them."
    ),
    errors.RedirectLoop: lambda t: t(
        "The address leads in a circle. Open it in a browser and send the address where you arrive, or paste the text."
    ),
    errors.Downgraded: lambda t: t(
        "The page leads from a protected address (https) to an unprotected one (http), so it is not read. Paste the "
        "text instead."
    ),
}
CERTIFICATES: dict[CertificateFlaw, Callable[[Translator, str], str]] = {
    CertificateFlaw.EXPIRED: lambda t, host: t(
        "The certificate of {host} is out of date, so the page is not read. Paste the text instead.", host=host
    ),
    CertificateFlaw.SELF_SIGNED: lambda t, host: t(
        "{host} has signed its certificate itself, so nobody vouches for the page, and it is not read. Paste the text "
        "instead.",
        host=host,
    ),
    CertificateFlaw.WRONG_HOST: lambda t, host: t(
        "{host} shows the certificate of another site, so the page is not read. Check the address or paste the text.",
        host=host,
    ),
    CertificateFlaw.OTHER: lambda t, host: t(
        "The certificate of {host} cannot be verified, so the page is not read. Paste the text instead.", host=host
    ),
}


def about_fetching(error: DigestError, t: Translator) -> str:
    """Return the sentence about what could not be fetched; empty for any other error."""
    plain = PLAIN.get(type(error))
    return plain(t) if plain else _about_site(error, t) or _about_answer(error, t)


def _about_site(error: DigestError, t: Translator) -> str:
    match error:
        case errors.BadAddress(address):
            return t(
                "“{address}” is no address of a page. It should look like https://example.ru/news.",
                address=_quoted(address),
            )
        case errors.PortRefused(port):
            return t("Pages are not read from port {port}. Send the page's usual address.", port=port)
        case errors.PrivateAddress(host):
            return t(
                "{host} is not on the public internet, so it is not read. Paste the text instead.", host=_quoted(host)
            )
        case errors.HostUnknown(host):
            return t("There is no site called {host}. Check the address.", host=_quoted(host))
        case errors.Unreachable(host):
            return t("{host} does not answer. Try again later or paste the text.", host=_quoted(host))
        case errors.CertificateRefused(host, flaw):
            return CERTIFICATES[flaw](t, _quoted(host))
        case errors.Garbled(host):
            return t("What {host} answered cannot be read. Try again later or paste the text.", host=_quoted(host))
    return ""


def _about_answer(error: DigestError, t: Translator) -> str:
    match error:
        case errors.TooManyRedirects(limit):
            return t.many(
                "The address leads on more than {n} time. Open it in a browser and send the address where you arrive.",
                "The address leads on more than {n} times. Open it in a browser and send the address where you arrive.",
                limit,
            )
        case errors.TooLarge(limit):
            return t("There is more than {n} MB at this address, and so much is not read.", n=limit // MEGABYTE)
        case errors.TooSlow(seconds):
            return t.many(
                "The site did not give the page within {n} second. Try again later or paste the text.",
                "The site did not give the page within {n} seconds. Try again later or paste the text.",
                round(seconds),
            )
        case errors.WrongKind(kind):
            return t("There is no page at this address but something else ({kind}).", kind=_quoted(kind))
        case errors.NotFound(status):
            return t("The site has no such page ({status}). Check the address.", status=status)
        case errors.Forbidden(status):
            return t("The site does not show this page to everybody ({status}). Paste the text instead.", status=status)
        case errors.Overloaded(status):
            return t("The site does not give pages now ({status}). Try again later or paste the text.", status=status)
        case errors.BadStatus(status):
            return t("The site answered with an error ({status}). Check the address or paste the text.", status=status)
    return ""


def _quoted(text: str) -> str:
    return clipped(text, QUOTED_UTF16)
