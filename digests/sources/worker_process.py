"""The child of `worker`: reads requests from its input, answers on its output, leaves when nobody asks for a while."""

import os
import pickle
import select
import signal
import sys
from typing import BinaryIO

from digests.errors import DigestError

IDLE_S = 60
MEMORY_LIMIT = 1024 * 1024 * 1024  # bytes of address space; a page of 10 MB takes a third of it
_HEAD = 8  # bytes of a message's length
_GRACE_S = 5  # after which the child ends by itself, should its parent be gone


def main() -> None:
    """Serve until the input ends or nothing is asked for IDLE_S."""
    _limit()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
    requests = sys.stdin.buffer
    while select.select([requests], [], [], IDLE_S)[0]:
        head = requests.read(_HEAD)
        if len(head) < _HEAD:
            return
        _send(answers, _answer(requests.read(int.from_bytes(head))))


def _limit() -> None:
    """Take no more memory than may be, and the processor only when the bot does not need it."""
    import resource  # not on every system, and of no use to the parent

    os.nice(int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: bytes) -> bytes:
    """Return the pickled answer: whether it went well, and the result, the error or what broke in words."""
    try:
        function, args, timeout_s = pickle.loads(request)  # noqa: S301 - our own parent's
        signal.setitimer(signal.ITIMER_REAL, timeout_s + _GRACE_S)
        answer = pickle.dumps((True, function(*args)))
    except DigestError as error:
        answer = pickle.dumps((False, error))
    except Exception as error:  # the parent logs it; the next request may be a better one
        answer = pickle.dumps((False, type(error).__name__))
    signal.setitimer(signal.ITIMER_REAL, 0)
    return answer


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(_HEAD) + answer)
    answers.flush()


if __name__ == "__main__":
    main()
