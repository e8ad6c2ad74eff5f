"""Lets aiogram's models be built when they are first needed.

On import aiogram has pydantic build all of its four hundred types, each with a copy of all that it refers to: 120 MB
and two seconds, where a bot needs a dozen. Pydantic builds a model that is not complete by itself when it is first
used, if it is told where the names in its annotations are found; that is all that is done here.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

# Any: the namespace is whatever aiogram.types gives, and pydantic's own signature is as loose.
Namespace = Mapping[str, Any]


def lighten() -> None:
    """Import aiogram without building its types; does nothing where aiogram is imported already."""
    if "aiogram" in sys.modules:
        return
    with _putting_off() as namespace:
        import aiogram.types
    from aiogram.methods.base import Response, TelegramMethod

    for base in (aiogram.types.TelegramObject, TelegramMethod, Response):
        _build_later(base, namespace)


@contextmanager
def _putting_off() -> Iterator[dict[str, Any]]:
    """Let nobody rebuild aiogram's types inside the block; lend the names that they would be rebuilt with."""
    names: dict[str, Any] = {}
    rebuild = BaseModel.__dict__["model_rebuild"]

    def put_off(cls: type[Any], /, *, _types_namespace: Namespace | None = None, **options: Any) -> bool | None:
        if _types_namespace is None or not cls.__module__.startswith("aiogram."):
            rebuilt: bool | None = rebuild.__func__(cls, _types_namespace=_types_namespace, **options)
            return rebuilt
        names.update(_types_namespace)
        return None

    setattr(BaseModel, "model_rebuild", classmethod(put_off))  # noqa: B010 - mypy knows no assignment to a method
    try:
        yield names
    finally:
        setattr(BaseModel, "model_rebuild", rebuild)  # noqa: B010 - as above


def _build_later(base: type[BaseModel], names: Namespace) -> None:
    """Give the names to every rebuilding of a class under `base` that brings none of its own."""

    def build(cls: type[Any], /, *, _types_namespace: Namespace | None = None, **options: Any) -> bool | None:
        parent: Any = super(base, cls)
        rebuilt: bool | None = parent.model_rebuild(_types_namespace={**names, **(_types_namespace or {})}, **options)
        return rebuilt

    setattr(base, "model_rebuild", classmethod(build))  # noqa: B010 - as above
