"""Faults on demand: errors, resets and lost answers for chosen calls."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sandbox.errors import PREFIXES, ApiError, too_many


class Kind(StrEnum):
    """What goes wrong. The call takes effect only with RESET_AFTER and LOST_ANSWER."""

    FLOOD = "429"
    ERROR_500 = "500"
    ERROR_502 = "502"
    HTML_502 = "502_html"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    LOST_ANSWER = "lost_answer"
    TIMEOUT = "timeout"
    ERROR = "error"


HTML_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(slots=True, kw_only=True)
class Fault:
    """A rule: which calls fail, how often and how. `times` None means for ever."""

    kind: str
    method: str = "*"
    chat_id: int | None = None
    probability: float = 1.0
    times: int | None = None
    retry_after: int = 1
    code: int = 400
    description: str = "Bad Request"

    def __post_init__(self) -> None:
        if self.kind not in tuple(Kind):
            raise ValueError(f"kind must be one of {', '.join(Kind)}")
        if not isinstance(self.method, str) or not isinstance(self.description, str):
            raise ValueError("method and description must be texts")
        if not isinstance(self.chat_id, int | None):
            raise ValueError("chat_id must be a whole number")
        if not 0 <= self.probability <= 1:
            raise ValueError("probability must lie between 0 and 1")
        if self.times is not None and self.times < 0:
            raise ValueError("times must not be below 0")
        if not 400 <= self.code <= 599:
            raise ValueError("code must lie between 400 and 599")
        if self.retry_after < 1:
            raise ValueError("retry_after must be 1 or more")

    def concerns(self, method: str, chat_id: object) -> bool:
        """Tell whether the rule is about such a call and not used up."""
        if self.times == 0 or self.method.lower() not in ("*", method.lower()):
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def error(self) -> ApiError:
        """Return the error of a rule that answers with one."""
        if self.kind == Kind.FLOOD:
            return too_many(self.retry_after)
        if self.kind == Kind.ERROR_500:
            return ApiError(500, PREFIXES[500] + "restart")
        if self.kind == Kind.ERROR_502:
            return ApiError(502, "Bad Gateway")
        return ApiError(self.code, self.description)


class Faults:
    """The rules in force; the first that concerns a call and wins its throw is applied."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a repeatable throw, nothing secret
        self.rules: list[Fault] = []

    def set(self, rules: Sequence[Fault]) -> None:
        """Replace the rules."""
        self.rules = list(rules)

    def clear(self) -> None:
        """Let everything work again."""
        self.rules = []

    def next(self, method: str, chat_id: object) -> Fault | None:
        """Return the fault that befalls this call, counting it as used."""
        for rule in self.rules:
            if rule.concerns(method, chat_id) and self._random.random() < rule.probability:
                if rule.times is not None:
                    rule.times -= 1
                return rule
        return None


class Latency:
    """How long every answer takes, drawn evenly from a range of milliseconds."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a repeatable delay, nothing secret
        self.min_ms = 0.0
        self.max_ms = 0.0

    def set(self, min_ms: float = 0, max_ms: float = 0) -> None:
        """Change the range; raises ValueError when it is none."""
        if not 0 <= min_ms <= max_ms <= 600_000:
            raise ValueError("latency needs 0 <= min_ms <= max_ms <= 600000")
        self.min_ms, self.max_ms = min_ms, max_ms

    def draw_s(self) -> float:
        """Return the seconds of the next delay."""
        return self._random.uniform(self.min_ms, self.max_ms) / 1000 if self.max_ms else 0.0
