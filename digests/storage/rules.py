"""What editors said of lines of a source, in the database."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.articles import UserId
from digests.labels import Label
from digests.rules import Rule, RuleId
from digests.storage.instants import instant, seconds
from digests.storage.schema_cutting import line_rules as rules
from digests.storage.upsert import insert_into

RULES_OF_SITE = 500  # the newest are kept

COLUMNS = (
    rules.c.id,
    rules.c.sample,
    rules.c.label,
    rules.c.made_by,
    rules.c.made_at,
    rules.c.uses,
)


async def labels(connection: AsyncConnection, site: str) -> dict[str, Label]:
    """Return the labels of a source's lines by their keys."""
    return (await labels_of(connection, [site]))[site]


async def labels_of(connection: AsyncConnection, sites: Collection[str]) -> dict[str, dict[str, Label]]:
    """Return the labels of the lines of some sources by source and key."""
    found: dict[str, dict[str, Label]] = {site: {} for site in sites}
    columns = (rules.c.site, rules.c.line_key, rules.c.label)
    for row in await connection.execute(select(*columns).where(rules.c.site.in_(sorted(sites)))):
        found[row.site][row.line_key] = Label(row.label)
    return found


async def put(connection: AsyncConnection, site: str, said: tuple[str, Label, str], by: UserId, now: datetime) -> None:
    """Remember the key, the label and the sample of such lines; what was said of them before counts no more."""
    key, label, sample = said
    values = {"label": label.value, "sample": sample, "made_by": by, "made_at": seconds(now)}
    statement = insert_into(connection, rules).values(site=site, line_key=key, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["site", "line_key"], set_=values))
    of_site = rules.c.site == site
    border = select(rules.c.made_at).where(of_site).order_by(rules.c.made_at.desc()).offset(RULES_OF_SITE).limit(1)
    oldest = (await connection.execute(border)).scalar_one_or_none()
    if oldest is not None:
        await connection.execute(delete(rules).where(of_site, rules.c.made_at <= oldest))


async def drop_key(connection: AsyncConnection, site: str, key: str) -> None:
    """Forget what was said of such lines."""
    await connection.execute(delete(rules).where(rules.c.site == site, rules.c.line_key == key))


async def drop(connection: AsyncConnection, site: str, rule: RuleId) -> bool:
    """Forget a rule of a source; return whether there was one."""
    result = await connection.execute(delete(rules).where(rules.c.site == site, rules.c.id == rule))
    return result.rowcount == 1


async def used(connection: AsyncConnection, site: str, times: Mapping[str, int]) -> None:
    """Count so many more articles in which each of these rules labelled a line."""
    if times:
        one = (rules.c.site == bindparam("of"), rules.c.line_key == bindparam("key"))
        statement = update(rules).where(*one).values(uses=rules.c.uses + bindparam("times"))
        rows = [{"of": site, "key": key, "times": number} for key, number in sorted(times.items())]
        await connection.execute(statement, rows)


async def page(connection: AsyncConnection, site: str, offset: int, limit: int) -> tuple[list[Rule], int]:
    """Return a source's rules, newest first, and how many there are."""
    of_site = rules.c.site == site
    newest = select(*COLUMNS).where(of_site).order_by(rules.c.made_at.desc(), rules.c.id.desc())
    rows = await connection.execute(newest.offset(offset).limit(limit))
    total = await connection.execute(select(func.count()).select_from(rules).where(of_site))
    found = [
        Rule(
            id=RuleId(row.id),
            sample=row.sample,
            label=Label(row.label),
            made_by=UserId(row.made_by),
            made_at=instant(row.made_at),
            uses=row.uses,
        )
        for row in rows
    ]
    return found, total.scalar_one()
