"""The buttons' wire format: unique prefixes, 64 bytes, and nothing passes that is not ours."""

from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from bot import archive_callbacks, broadcast_callbacks, callbacks, link_callbacks, search_callbacks, source_callbacks
from bot.callbacks import DATA_LIMIT

TARGETS = sorted(CallbackData.__subclasses__(), key=lambda target: target.__name__)
TESTED = (archive_callbacks, callbacks, broadcast_callbacks, search_callbacks, source_callbacks, link_callbacks)
MODULES = tuple(module.__name__ for module in TESTED)
OURS = [target for target in TARGETS if target.__module__ in MODULES]
LARGEST: dict[str, object] = {
    "edition": 10**10 - 1, "article": 10**10 - 1, "rubric": 10**10 - 1, "target": 10**10 - 1, "revision": 10**6,
    "section": 999, "page": 999, "trail": "", "on": True, "sure": True, "step": 3, "screen": "language",
    "back": "settings", "minutes": 1439, "zone": "America/Argentina/ComodRivadavia", "days": 127, "language": "ru",
    "how": "weekly", "message": 10**10 - 1, "broadcast": 10**10 - 1, "digests": True,
    "month": 202611, "day": 20261125,
    "query": 10**10 - 1, "which": "rubric", "period": "month", "word": "ё" * 30, "source": 10**10 - 1,
    "other": 10**10 - 1, "turn": 999, "listed": True,
}  # fmt: skip


@pytest.mark.parametrize("target", OURS, ids=lambda target: target.__name__)
def test_the_largest_data_fits_and_comes_back(target: type[CallbackData]) -> None:
    values = {name: LARGEST[name] for name in target.model_fields}
    choices = get_args(target.model_fields["how"].annotation) if "how" in target.model_fields else ()
    full = target(**values | ({"how": max(choices, key=len)} if choices else {}))
    assert len(full.pack().encode()) <= DATA_LIMIT
    assert target.unpack(full.pack()) == full


def test_prefixes_are_unique_and_end_in_their_version() -> None:
    prefixes = [target.__prefix__ for target in OURS]
    assert len(set(prefixes)) == len(prefixes)
    assert all(prefix[-1].isdecimal() for prefix in prefixes)


@given(st.text(max_size=64))
def test_foreign_data_is_refused_and_never_breaks(text: str) -> None:
    for target in OURS:
        try:
            target.unpack(text)
        except (TypeError, ValueError):
            continue
        assert text.startswith(target.__prefix__)


@pytest.mark.parametrize(
    "data",
    [
        "s1:-1:2:0:0:",
        "s1:1:99999999999999999999:0:0:",
        "s1:1:2:0:99999:",
        "s1:1:2:0",
        "s1:1:2:x:0:",
        "s2:1:2:0:0:",
        "et1:9999:start",
    ],
)
def test_numbers_that_no_button_of_ours_carries_are_refused(data: str) -> None:
    target = callbacks.ChooseTime if data.startswith("et") else callbacks.ShowSection
    with pytest.raises((TypeError, ValueError)):
        target.unpack(data)
