"""Starting the demo: for a person at the chat page, or the whole tour by itself."""

import asyncio
import errno
import io
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

from bot import logs
from bot.demo import prologue, seeding, tour, words
from bot.demo.stage import Stage, raised
from bot.demo.transcript import to_stdout
from bot.failures import Failure
from bot.i18n import Catalogs
from digests.errors import EmptyText, NotText
from digests.sources import file

HOST = "127.0.0.1"
LAST_PORT = 65_535

Write = Callable[[str], None]


async def demo(*, headless: bool, article: Path | None, port: int) -> None:
    """Run the demo until Ctrl-C, or the tour to its end.

    Raises Failure with a sentence when a step of the tour does not hold, DigestError for a file that is no text.
    """
    text = await asyncio.to_thread(article_text, article) if article else None
    logs.set_up("WARNING", "text")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Cyrillic shows less, but shows it
    try:
        if headless:
            await guided(text or seeding.editors_text(), to_stdout)
        else:
            await open_house(text, port, interrupted(), to_stdout)
    except ExceptionGroup as group:
        raise Failure(f"the bot broke down: {group.exceptions[0]!r}") from group


async def guided(text: str, write: Write) -> None:
    """Perform the tour with that article; raises Failure naming the step that did not hold."""
    async with raised() as stage:
        failed = await tour.perform(stage, text, write)
    if failed:
        raise Failure(str(failed))


async def open_house(text: str | None, port: int, stop: asyncio.Event, write: Write) -> None:
    """Serve the chat page until told to stop; a text is put into the editor's chat, ready to publish."""
    free = free_port(port)
    if free != port:
        write(f"Port {port} is not free, so the page is on another one.")
    async with raised(free) as stage:
        is_ready = await prologue.perform(stage, text)
        if text and not is_ready:
            write("The bot did not take the article; Vera’s chat says why.")
        write(invitation(stage, is_ready=is_ready))
        if has_display():
            await asyncio.to_thread(browse, stage.sandbox.url)
        await stop.wait()
    write("Stopped. Nothing was kept.")


def article_text(path: Path) -> str:
    """Return a file's text; raises Failure for one that cannot be read, DigestError for one that is no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}") from None
    try:
        text = file.text_of("pasted.txt", data)  # whatever the file is called, its text is pasted into the chat
    except NotText:
        raise NotText(path.name) from None
    if not text.strip():
        raise EmptyText
    return text


def invitation(stage: Stage, *, is_ready: bool) -> str:
    """Return what a person reads at the terminal."""
    t = Catalogs.read("ru").translator("ru")
    publish, step = t.short("Publish"), t.short("Next section ▶")
    if is_ready:
        push = f"Your article waits in Vera’s chat: choose a rubric and press “{publish}”."
    else:
        push = (
            f"As Vera, the editor: send /add and paste an article, then /done; choose a rubric, press “{publish}”.\n"
            f"     One to paste: {seeding.PAPER / 'editor.txt'}"
        )
    return f"""
Svodka, the demo: a Telegram of its own, a bot, the newspaper of an invented town. Nothing leaves this machine, but
for requests to the links that you send.

  {stage.sandbox.url}/

It is Sunday evening there. Things to try on that page:

  1. {push}
  2. As Anna, a reader: press Start and choose what to read and when.
  3. Take the clock on to 08:00 and read the digest with “{step}”.
     Oliver, in London, has subscribed in English; his 08:00 comes three hours later.
  4. As Vera, send a link to a page. The neighbouring town’s paper has one, and a feed for /sources:
     {stage.neighbour.page}
     {stage.neighbour.feed}
  5. As Anna, look for words in any form: /search «{words.SEARCHED}»

Ctrl-C stops it.
"""


def free_port(wanted: int) -> int:
    """Return the port if it can be had, else 0, which stands for any; raises Failure for a number that is no port."""
    if not 0 <= wanted <= LAST_PORT:
        raise Failure(f"{wanted} is no port: it must be a number from 0 to {LAST_PORT}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself will
        try:
            probe.bind((HOST, wanted))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return 0
            raise
    return wanted


def interrupted() -> asyncio.Event:
    """Return an event that Ctrl-C or a polite kill sets."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    return stop


def has_display() -> bool:
    """Return whether somebody sits before a screen on which a browser can open."""
    if "CI" in os.environ or not sys.stdout.isatty():
        return False
    return sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def browse(url: str) -> None:
    """Open the page; a browser that will not start is no failure, for the address was printed."""
    try:
        webbrowser.open(url)
    except webbrowser.Error:
        return
