"""The published schema of Bot API 10.3, compiled into checks of every call."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from sandbox.checks import DECODERS, SIMPLE, Check, Mismatch, any_of, array_check, decode_json
from sandbox.errors import ApiError, bad_request
from sandbox.wire import Json

# aiogram 3.31 still sends this parameter of Bot API 6 beside link_preview_options when a default is configured.
LEGACY = {"sendMessage": ("disable_web_page_preview",), "editMessageText": ("disable_web_page_preview",)}

MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
}
ARRAY = "Array of "
# Unions are told by the names of their members, but for one; and what else begins with the name of another.
MESSAGE_CONTENT = re.compile("Input[A-Za-z]+MessageContent")
NO_KIND = frozenset({"InlineQueryResultsButton"})


def is_kind_of(name: str, union: str) -> bool:
    """Tell whether a type belongs to a union of types."""
    if union == "InputMessageContent":
        return bool(MESSAGE_CONTENT.fullmatch(name))
    return name.startswith(union) and name not in NO_KIND


class Method:
    """One method: its name, its parameters and the check of each."""

    __slots__ = ("_checks", "_required", "name")

    def __init__(self, name: str, checks: dict[str, Check], required: tuple[str, ...]) -> None:
        self.name = name
        self._checks = checks
        self._required = required

    def check(self, given: Mapping[str, Any]) -> Json:
        """Return the parameters in canonical form; raises ApiError for an unknown, missing or mistyped one."""
        checked: Json = {}
        for name, value in given.items():
            check = self._checks.get(name)
            if check is None:
                raise bad_request(f'unknown parameter "{name}" of {self.name}')
            try:
                checked[name] = check(value)
            except Mismatch as mismatch:
                raise self._refusal(mismatch.inside(name)) from None
        for name in self._required:
            value = checked.get(name)
            if value is None or (value == "" and name in MISSING):
                raise bad_request(MISSING.get(name, f'parameter "{name}" is required by {self.name}'))
        return checked

    def _refusal(self, mismatch: Mismatch) -> ApiError:
        return bad_request(f'wrong parameter "{mismatch.path}" of {self.name}: {mismatch.expected} expected')


class Schema:
    """All methods of the API by lower-case name, compiled on first use."""

    def __init__(self, document: Json) -> None:
        self._types: dict[str, Json] = document["types"]
        self._names: dict[str, str] = {name.lower(): name for name in document["methods"]}
        self._parameters: dict[str, Json] = document["methods"]
        self._methods: dict[str, Method] = {}
        self._checks: dict[str, Check] = {}

    @classmethod
    @cache
    def load(cls) -> "Schema":
        """Return the schema that is shipped with the package, read and compiled once."""
        return cls(json.loads(cls.path().read_text(encoding="utf-8")))

    @staticmethod
    def path() -> Traversable:
        """Return where the package keeps the schema."""
        return resources.files("sandbox").joinpath("botapi-10.3.json")

    def method(self, name: str) -> Method | None:
        """Return the method of that name in any letter case, or None if Telegram has none."""
        lower = name.lower()
        if lower not in self._names:
            return None
        if lower not in self._methods:
            self._methods[lower] = self._compile(self._names[lower])
        return self._methods[lower]

    def check_of(self, type_name: str) -> Check:
        """Return the check of a declared type, for values that are decoded JSON."""
        if type_name not in self._checks:
            # A recursive type finds the indirection instead of itself.
            self._checks[type_name] = self._later(type_name)
            self._checks[type_name] = self._build(type_name)
        return self._checks[type_name]

    def _later(self, type_name: str) -> Check:
        def check(value: Any) -> Any:
            return self._checks[type_name](value)

        return check

    def _compile(self, name: str) -> Method:
        parameters = self._parameters[name]
        checks = {field: self._top(spec["type"]) for field, spec in parameters.items()}
        checks.update(dict.fromkeys(LEGACY.get(name, ()), self._top("Boolean")))
        return Method(name, checks, tuple(field for field, spec in parameters.items() if spec["required"]))

    def _top(self, type_name: str) -> Check:
        """Return the check of a parameter itself, which may come as text of a form."""
        if "Markup" in type_name:
            return lambda value: value  # keyboards.py has Telegram's own texts for these
        inner = self.check_of(type_name)
        decode: Check = DECODERS.get(type_name) or decode_json
        return lambda value: inner(decode(value) if isinstance(value, str) else value)

    def _build(self, type_name: str) -> Check:
        if type_name in SIMPLE:
            return SIMPLE[type_name]
        if type_name.startswith(ARRAY):
            return array_check(self.check_of(type_name.removeprefix(ARRAY)))
        if type_name in self._types:
            fields = self._types[type_name]
            variants = [name for name in self._types if self._types[name] and is_kind_of(name, type_name)]
            if fields or not variants:
                return self._object(type_name, fields)
            return any_of(type_name, [self.check_of(name) for name in variants])
        if " or " in type_name:
            return any_of(type_name, [self.check_of(name) for name in type_name.split(" or ")])
        return lambda value: value  # a union of media that no played method takes

    def _object(self, type_name: str, fields: Json) -> Check:
        checks = {name: self.check_of(spec["type"]) for name, spec in fields.items()}
        required = tuple(name for name, spec in fields.items() if spec["required"])

        def check(value: Any) -> Any:
            if not isinstance(value, dict):
                raise Mismatch(type_name)
            for name, item in value.items():
                if name not in checks:
                    raise Mismatch(f"no unknown field in {type_name}", name)
                try:
                    checks[name](item)
                except Mismatch as mismatch:
                    raise mismatch.inside(name) from None
            for name in required:
                if name not in value:
                    raise Mismatch(f"required field of {type_name}", name)
            return value

        return check
