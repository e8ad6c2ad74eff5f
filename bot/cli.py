"""The command line: `svodka demo | run | check | migrate | backup | restore | import | preview`.

Exit status 0 on success, 1 on a failure explained in one line on stderr, 2 on wrong usage.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Awaitable, Sequence
from pathlib import Path

from bot import logs
from bot.failures import Failure
from bot.settings import BadSettings, Settings, read_settings
from digests.errors import DigestError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status."""
    options = _parser().parse_args(arguments)
    try:
        _go(options.command(options))
    except (Failure, BadSettings) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except DigestError as error:
        print(explained(error), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="svodka", description="A news desk inside Telegram.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _demo_options(commands.add_parser("demo", help="see it work, without a token or a network"))
    run_options = commands.add_parser("run", help="run the bot (migrates the database first)")
    run_options.set_defaults(command=run)
    check_options = commands.add_parser("check", help="test the settings and say what is wrong and how to mend it")
    check_options.set_defaults(command=check)
    migrate_options = commands.add_parser("migrate", help="bring the database up to date")
    migrate_options.set_defaults(command=migrate)
    for name, command, text in (
        ("backup", backup, "copy the database, safely while the bot runs"),
        ("restore", restore, "put a backup in the database's place (stop the bot first)"),
    ):
        options = commands.add_parser(name, help=text)
        options.add_argument("file", type=Path)
        options.set_defaults(command=command)
    import_options = commands.add_parser("import", help="make drafts of files, pages, feeds and WordPress sites")
    import_options.add_argument("names", nargs="+", metavar="PATH_OR_URL")
    import_options.add_argument("--limit", type=int, default=100, help="articles of a feed or a site, the newest")
    import_options.set_defaults(command=import_)
    preview_options = commands.add_parser("preview", help="show how articles would be cut and look")
    preview_options.add_argument("names", nargs="+", metavar="PATH_OR_URL")
    preview_options.set_defaults(command=preview)
    return parser


def _demo_options(options: argparse.ArgumentParser) -> None:
    options.add_argument("--headless", action="store_true", help="perform the whole tour and print the chats as text")
    options.add_argument("--article", type=Path, metavar="PATH", help="the text that the demo's editor pushes")
    options.add_argument("--port", type=int, default=8008, help="of the chat page (0: any free one)")
    options.set_defaults(command=demo)


async def demo(options: argparse.Namespace) -> None:
    """Start the local Telegram and the bot on it, or perform the tour."""
    try:
        import tdjson  # noqa: F401 - asked for here to say in a sentence that it is not there
    except ModuleNotFoundError:
        raise Failure("the demo needs Telegram's own parser: pip install 'svodka[demo]'") from None
    from bot.demo import launch

    await launch.demo(headless=options.headless, article=options.article, port=options.port)


async def run(_: argparse.Namespace) -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    from bot.app import opened
    from bot.polling import SecondCopy, TokenRefused
    from bot.running import run as serve

    settings = _with_token(read_settings())
    logs.set_up(settings.log_level, settings.log_format)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        async with opened(settings) as app:
            await serve(app, settings, stop)
    except TokenRefused:
        raise Failure("Telegram does not accept BOT_TOKEN: take the current one from @BotFather") from None
    except SecondCopy:
        raise Failure(
            "another copy of the bot is running with this BOT_TOKEN (409 Conflict): stop it, then start this one"
        ) from None


async def check(_: argparse.Namespace) -> None:
    """Test settings, database, token, clock, time zones and catalogues; print a line for each."""
    from bot import checking

    findings = [finding async for finding in checking.findings(read_settings())]
    for finding in findings:
        print(f"{'ok ' if finding.ok else 'BAD'} {finding.subject}: {finding.text}")
    bad = sum(1 for finding in findings if not finding.ok)
    if bad:
        raise Failure(f"{bad} of {len(findings)} checks failed")


async def migrate(_: argparse.Namespace) -> None:
    """Bring the database up to date."""
    from digests.storage.migrate import migrate as upgrade

    await upgrade(_database_url())
    print("the database is up to date")


async def backup(options: argparse.Namespace) -> None:
    """Copy the database while it may be in use."""
    from digests.storage import backup as backups

    await asyncio.to_thread(backups.backup, _database_url(), options.file)
    print(f"saved to {options.file}")


async def restore(options: argparse.Namespace) -> None:
    """Put a backup in the database's place."""
    from digests.storage import backup as backups

    await asyncio.to_thread(backups.restore, _database_url(), options.file)
    print(f"restored from {options.file}")


async def import_(options: argparse.Namespace) -> None:
    """Make drafts of articles; print a line for each, and say on stderr what could not be taken."""
    from bot.importing import imported

    settings, failed = read_settings(), 0
    async for line, is_good in imported(settings, options.names, max(options.limit, 1)):
        print(line, file=sys.stdout if is_good else sys.stderr)
        failed += not is_good
    if failed:
        sys.exit(1)


async def preview(options: argparse.Namespace) -> None:
    """Print how articles would be cut: title, lead, sections, related, removed."""
    from bot.preview import outlines

    failed = 0
    async for text, is_good in outlines(options.names):
        print(text, file=sys.stdout if is_good else sys.stderr)
        failed += not is_good
    if failed:
        sys.exit(1)


def _database_url() -> str:
    return read_settings().database_url.get_secret_value()


def _with_token(settings: Settings) -> Settings:
    token = settings.bot_token.get_secret_value()
    if not token:
        raise Failure("BOT_TOKEN is not set: put the token from @BotFather into .env (see .env.example)")
    number, _, secret = token.partition(":")
    if not number.isdecimal() or not secret or any(char.isspace() for char in token):
        raise Failure("BOT_TOKEN does not look like a token: it is digits, a colon and letters")
    return settings


def explained(error: DigestError) -> str:
    """Return an error of the domain as a sentence for the terminal."""
    from bot.errors import describe
    from bot.i18n import SOURCE_LANGUAGE, Catalogs

    return describe(error, Catalogs.read(SOURCE_LANGUAGE).translator(SOURCE_LANGUAGE))


def _go(work: Awaitable[None]) -> None:
    async def whole() -> None:
        await work

    try:
        import uvloop
    except ModuleNotFoundError:  # no wheels for this platform; asyncio's own loop does as well, slower
        asyncio.run(whole())
    else:
        uvloop.run(whole())
