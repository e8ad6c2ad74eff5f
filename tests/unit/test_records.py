"""Byte strings that are kept in a file once there are many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import records
from digests.records import Records


@given(st.lists(st.binary(max_size=50), max_size=30), st.integers(1, 200))
def test_what_was_put_is_read_wherever_it_lies(strings: list[bytes], spilled_from: int) -> None:
    kept = Records(spilled_from)
    places = [kept.put(one) for one in strings]
    assert [kept.read(place, len(one)) for place, one in zip(places, strings, strict=True)] == strings


def test_without_a_disk_records_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(records, "_nameless", full)
    kept = Records(spilled_from=4)
    places = [kept.put(b"abc") for _ in range(5)]
    assert [kept.read(place, 3) for place in places] == [b"abc"] * 5
