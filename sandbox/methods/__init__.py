"""The Bot API's methods that the local Telegram plays, by name."""

from collections.abc import Mapping

from sandbox.api import Play
from sandbox.methods import callbacks, commands, copies, edits, inline, lookups, media, messages, polling, profile

METHODS: Mapping[str, Play] = {
    **polling.METHODS,
    **messages.METHODS,
    **edits.METHODS,
    **copies.METHODS,
    **media.METHODS,
    **callbacks.METHODS,
    **inline.METHODS,
    **commands.METHODS,
    **profile.METHODS,
    **lookups.METHODS,
}
