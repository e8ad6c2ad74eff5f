"""`svodka import`: articles from files, pages, feeds and WordPress sites, as drafts for editors to look at."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bot.errors import describe
from bot.i18n import SOURCE_LANGUAGE, Catalogs, Translator
from bot.settings import Settings
from digests.articles import NOBODY, UserId
from digests.clock import SystemClock
from digests.errors import DigestError
from digests.fetching import INTERNET, Fetcher, Reach
from digests.importing import TOGETHER, Imported, Importer
from digests.newsroom import Newsroom
from digests.related import RelatedIndex
from digests.sources.file import limit_of
from digests.sources.worker import Worker
from digests.storage.engine import Database
from digests.storage.migrate import migrate

WITHOUT_OWNERS = (
    "OWNER_IDS is empty, so nobody can open the drafts yet: put your Telegram id into it, and they are under /drafts"
)
_SIZE = 8 << 20  # bytes of files that are read before they are imported


async def imported(
    settings: Settings, names: Sequence[str], limit: int, reach: Reach = INTERNET
) -> AsyncIterator[tuple[str, bool]]:
    """Yield a line for each article and whether it is here now, and at the end one if nobody could open the drafts.

    All editors find the drafts under /drafts; they are the first owner's, or nobody's while there is no owner.
    """
    clock, url = SystemClock(), settings.database_url.get_secret_value()
    t = Catalogs.read(SOURCE_LANGUAGE).translator(SOURCE_LANGUAGE)
    author, drafts = min(settings.owner_ids, default=NOBODY), 0
    await migrate(url)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.opened(url))
        worker = await stack.enter_async_context(Worker())
        newsroom = Newsroom(database, clock, RelatedIndex())
        importer = Importer(database, clock, newsroom, Fetcher(clock, reach), worker)
        for name in names:
            async for each in _one(importer, author, name, limit):
                drafts += isinstance(each, Imported) and each.is_new
                yield each if isinstance(each, tuple) else _line(t, each)
    if drafts and not settings.owner_ids:
        yield WITHOUT_OWNERS, True


async def _one(importer: Importer, author: UserId, name: str, limit: int) -> AsyncIterator[Imported | tuple[str, bool]]:
    if "://" in name:
        empty = True
        async for each in importer.address(author, name, limit):
            empty = False
            yield each
        if empty:
            yield f"{name} has no articles", True
        return
    paths = await asyncio.to_thread(files_at, Path(name))
    rest = deque(paths)
    while rest:
        some = await asyncio.to_thread(read_some, rest)
        told = iter(await importer.files(author, [(path.name, data) for path, data in some if isinstance(data, bytes)]))
        for path, data in some:
            if isinstance(data, OSError):
                yield f"{path} cannot be read: {data.strerror}", False
            else:
                yield Imported(name=str(path), error=data) if isinstance(data, DigestError) else next(told)
    if not paths:
        yield f"{name} holds no files that are read", False


def files_at(path: Path) -> list[Path]:
    """Return the file, or the files of a folder whose names promise a text, in the order of their names."""
    if not path.is_dir():
        return [path]
    return [one for one in sorted(path.iterdir()) if one.is_file() and one.suffix and _is_read(one.name)]


def _is_read(name: str) -> bool:
    try:
        return bool(limit_of(name))
    except DigestError:
        return False


def read_some(paths: deque[Path]) -> list[tuple[Path, bytes | OSError | DigestError]]:
    """Take from the paths as many files as are imported at once; return what they hold, or why they are not read."""
    found: list[tuple[Path, bytes | OSError | DigestError]] = []
    size = 0
    while paths and len(found) < TOGETHER and size < _SIZE:
        path = paths.popleft()
        try:
            data = read(path)
        except (OSError, DigestError) as error:
            found.append((path, error))
        else:
            found.append((path, data))
            size += len(data)
    return found


def read(path: Path) -> bytes:
    """Return a file's bytes, one more than are taken of a file that is too large. Raises UnsupportedFile or OSError."""
    with path.open("rb") as file:
        return file.read(limit_of(path.name) + 1)


def _line(t: Translator, one: Imported) -> tuple[str, bool]:
    if one.error is not None:
        return f"{one.name}: {describe(one.error, t)}", False
    if one.article is None:
        raise ValueError("what was imported is an article or an error")
    title = " ".join(one.title.split())
    return (f"draft No. {one.article}: {title}" if one.is_new else f"No. {one.article} is here: {title}"), True
