"""The dispatcher with every router in its order."""

from datetime import tzinfo

from aiogram import Dispatcher

from bot import errors, middlewares
from bot.routers import (
    archive,
    broadcast_cards,
    broadcasts,
    comparing,
    desk,
    desk_answers,
    desk_cards,
    digest,
    fallback,
    inline,
    leaving,
    links,
    marking,
    reading,
    refusals,
    searches,
    start,
    stories,
    timing,
)
from bot.routers import settings as settings_screens
from bot.routers import sources as sources_screens
from bot.routers import team as team_screen
from bot.turns import Turns


def dispatcher(default_zone: tzinfo) -> Dispatcher:
    """Return the dispatcher; the readers' hot router stands first, what answers everything else last."""
    turns = Turns()
    built = Dispatcher(events_isolation=turns, turns=turns)
    middlewares.install(built, default_zone)
    built.include_routers(
        reading.router(),
        stories.router(),
        errors.router(),
        digest.router(),
        searches.router(),
        archive.router(),
        start.router(),
        settings_screens.router(),
        leaving.router(),
        desk_cards.router(),
        comparing.router(),
        marking.router(),
        broadcast_cards.router(),
        broadcasts.router(),
        team_screen.router(),
        sources_screens.router(),
        desk_answers.router(),
        timing.router(),
        inline.router(),
        refusals.router(),
        links.router(),
        desk.router(),
        fallback.router(),
    )
    return built
