"""The only timer: APScheduler ticks once a minute; what is due is the database's to say."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, SchedulerEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

log = logging.getLogger(__name__)

# An article published in the last second before a slot may be committed a moment after it, and on PostgreSQL a tick at
# the full minute would compose without it, while its readers count as knowing everything up to the slot.
SETTLED_S = 2


def ticking(tick: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """Return a scheduler, not started yet, that calls `tick` every minute, two seconds into it.

    A late or missed tick is no loss: the next one finds the same rows due. Two never run together.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        guarded,
        CronTrigger(second=SETTLED_S, timezone="UTC"),
        args=[tick],
        id="tick",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.add_listener(_missed, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    return scheduler


async def guarded(tick: Callable[[], Awaitable[object]]) -> bool:
    """Call `tick` and return whether it went well; what it raised is in the log."""
    try:
        await tick()
    except Exception:  # a boundary: it is tried again
        log.exception("tick failed")
        return False
    return True


def _missed(event: SchedulerEvent) -> None:
    """Owners are told by the heartbeat, which sees whatever keeps ticks from happening."""
    if event.code == EVENT_JOB_MAX_INSTANCES:
        log.warning("tick left out, the one before is still at work")
    else:
        log.warning("tick missed")
