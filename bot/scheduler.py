"""The only timer: APScheduler ticks once a minute; what is due is the database's to say."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

log = logging.getLogger(__name__)


def ticking(tick: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """Return a scheduler, not started yet, that calls `tick` at the start of every minute.

    A late or missed tick is no loss: the next one finds the same rows due. Two never run together.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        _guarded,
        CronTrigger(second=0, timezone="UTC"),
        args=[tick],
        id="tick",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.add_listener(_missed, EVENT_JOB_MISSED)
    return scheduler


async def _guarded(tick: Callable[[], Awaitable[object]]) -> None:
    try:
        await tick()
    except Exception:  # a boundary: the next minute tries again
        log.exception("tick failed")


def _missed(event: JobExecutionEvent) -> None:
    log.warning("tick missed scheduled_for=%s", event.scheduled_run_time)
