"""getUpdates, the webhook's methods, getMe, logOut and close."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from sandbox.api import Api, Play
from sandbox.errors import TERMINATED_BY_WEBHOOK, bad_request
from sandbox.webhook import Target
from sandbox.wire import Json

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(api: Api, params: Json) -> list[Json]:
    """Play getUpdates."""
    api.updates.allow(params.get("allowed_updates"))
    return await api.updates.poll(params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0))


def set_webhook(api: Api, params: Json) -> bool:
    """Play setWebhook; an empty address removes the webhook."""
    url = params["url"]
    if not url:
        return delete_webhook(api, params)
    check_address(url)
    secret = params.get("secret_token", "")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    api.updates.abort_poll(TERMINATED_BY_WEBHOOK)
    api.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        api.updates.drop_all()
    api.webhook.set(Target(url, secret, min(max(params.get("max_connections", 40), 1), 100)))
    return True


def check_address(url: str) -> None:
    """Refuse an address that is none, or that lies outside this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    if not is_loopback(host):
        raise bad_request("bad webhook: the local Telegram delivers to this machine only")


def is_loopback(host: str) -> bool:
    """Tell whether a host name means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def delete_webhook(api: Api, params: Json) -> bool:
    """Play deleteWebhook."""
    api.webhook.remove()
    if params.get("drop_pending_updates"):
        api.updates.drop_all()
    return True


def get_webhook_info(api: Api, _params: Json) -> Json:
    """Play getWebhookInfo."""
    return api.webhook.shape()


def get_me(api: Api, _params: Json) -> Json:
    """Play getMe."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }
    return {**api.telegram.bot.shape(), **abilities}


def log_out(api: Api, _params: Json) -> bool:
    """Play logOut: from now on every call fails."""
    api.telegram.bot.is_logged_out = True
    return True


def close(_api: Api, _params: Json) -> bool:
    """Play close, which means nothing to a server with one bot."""
    return True


METHODS: Mapping[str, Play] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getMe": get_me,
    "logOut": log_out,
    "close": close,
}
