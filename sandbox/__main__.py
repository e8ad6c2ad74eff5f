"""`python -m sandbox`: the local Telegram by itself, for bots written in anything."""

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence

from sandbox.server import Sandbox


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the exit status is 1 when that cannot be, explained in one line."""
    options = read(arguments)
    try:
        asyncio.run(serve(options))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"The local Telegram cannot start: {error}\n")
        return 1
    return 0


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Telegram for trying bots.")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--token", default="1000:demo", help="the token of the bot (default: %(default)s)")
    parser.add_argument("--username", default="svodka_bot", help="the name of the bot (default: %(default)s)")
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows knows no such handlers; Ctrl-C ends it there as well
            loop.add_signal_handler(number, stop.set)
    async with Sandbox.serve(
        host=options.host, port=options.port, token=options.token, username=options.username
    ) as sandbox:
        sys.stdout.write(f"Chat page: {sandbox.url}/\nBot API:   {sandbox.url}/bot{options.token}/METHOD\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
