"""Checks of single values: the Bot API's simple types, and how a form's text becomes one of them."""

import json
import re
from collections.abc import Callable
from typing import Any

from sandbox.wire import Upload

# A check takes a decoded JSON value, returns it in its canonical form and raises Mismatch otherwise.
Check = Callable[[Any], Any]

NUMBER = re.compile(r"-?\d{1,18}")
TRUE_WORDS = frozenset({"true", "1", "yes"})
FALSE_WORDS = frozenset({"false", "0", "no", ""})


class Mismatch(Exception):
    """A value that is not of its declared type."""

    def __init__(self, expected: str, path: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.path = path

    def inside(self, name: str) -> "Mismatch":
        """Return the same mismatch one level further out."""
        return Mismatch(self.expected, f"{name}.{self.path}" if self.path else name)


def array_check(check: Check) -> Check:
    """Return a check of an array from the check of its items."""

    def each(value: Any) -> Any:
        if not isinstance(value, list):
            raise Mismatch("Array")
        for index, item in enumerate(value):
            try:
                check(item)
            except Mismatch as mismatch:
                raise mismatch.inside(str(index)) from None
        return value

    return each


def any_of(type_name: str, checks: list[Check]) -> Check:
    """Return a check that passes when one of several does; the nearest mismatch is reported."""

    def check(value: Any) -> Any:
        nearest: Mismatch | None = None
        for one in checks:
            try:
                return one(value)
            except Mismatch as mismatch:
                if nearest is None or len(mismatch.path) > len(nearest.path):
                    nearest = mismatch
        raise nearest if nearest is not None and nearest.path else Mismatch(type_name)

    return check


def is_integer(value: Any) -> Any:
    """Return a whole number that fits 64 bits."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise Mismatch("Integer")
    return value


def is_string(value: Any) -> Any:
    """Return a text that can be encoded."""
    if not isinstance(value, str):
        raise Mismatch("String")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # a lone surrogate from a JSON escape
            raise Mismatch("String in UTF-8") from None
    return value


def is_boolean(value: Any) -> Any:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise Mismatch("Boolean")
    return value


def is_true(value: Any) -> Any:
    """Return True, the only value of that type."""
    if value is not True:
        raise Mismatch("True")
    return value


def is_float(value: Any) -> Any:
    """Return a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Mismatch("Float")
    return value


def is_file(value: Any) -> Any:
    """Return an uploaded file."""
    if not isinstance(value, Upload):
        raise Mismatch("InputFile")
    return value


def decode_json(text: str) -> Any:
    """Return the value that a form's text spells."""
    try:
        return json.loads(text)
    except ValueError:
        raise Mismatch("JSON") from None


def decode_integer(text: str) -> Any:
    """Return the whole number that a form's text spells."""
    if not NUMBER.fullmatch(text):
        raise Mismatch("Integer")
    return int(text)


def decode_boolean(text: str) -> Any:
    """Return the truth value that a form's text spells."""
    word = text.lower()
    if word not in TRUE_WORDS and word not in FALSE_WORDS:
        raise Mismatch("Boolean")
    return word in TRUE_WORDS


def decode_either(text: str) -> Any:
    """Return a number where the text is one, else the text: chat ids and @usernames."""
    return int(text) if NUMBER.fullmatch(text) else text


SIMPLE: dict[str, Check] = {
    "Integer": is_integer,
    "String": is_string,
    "Boolean": is_boolean,
    "True": is_true,
    "Float": is_float,
    "InputFile": is_file,
}
DECODERS: dict[str, Check] = {
    "Integer": decode_integer,
    "String": lambda text: text,
    "Boolean": decode_boolean,
    "True": decode_boolean,
    "InputFile": lambda text: text,
    "InputFile or String": lambda text: text,
    "Integer or String": decode_either,
}
