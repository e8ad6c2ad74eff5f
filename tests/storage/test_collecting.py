"""Which messages belong to one draft: the rules alone, without a database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import Article, ArticleId, ArticleState, TitleOrigin, UserId
from digests.blocks import paragraph
from digests.collecting import CUT_PATIENCE, PATIENCE, Arrival, Part, joined_order, open_until, takes
from tests.factories import NOW

SECOND = timedelta(seconds=1)
DRAFT = Article(
    id=ArticleId(1),
    state=ArticleState.DRAFT,
    revision=1,
    rubric_id=None,
    title="Мост",
    title_origin=TitleOrigin.TEXT,
    lead=(),
    sections=(),
    removed=(),
    source_links=(),
    summary="",
    author_id=UserId(1),
    created_at=NOW,
    updated_at=NOW,
    published_at=None,
    collecting_until=None,
)


def part(arrival: Arrival, length: int = 100, message_id: int = 1) -> Part:
    return Part(message_id=message_id, arrival=arrival, received_at=NOW, blocks=(paragraph("я" * length),))


def opened_by(first: Part) -> Article:
    return replace(DRAFT, collecting_until=open_until(first))


@pytest.mark.parametrize("arrival", [Arrival.TEXT, Arrival.FORWARD, Arrival.FILE])
def test_a_draft_that_collects_all_takes_whatever_comes_whenever(arrival: Arrival) -> None:
    draft = replace(DRAFT, collects_all=True)
    assert takes(draft, [], arrival, NOW + timedelta(days=3))


def test_a_command_always_begins_anew() -> None:
    for draft in (replace(DRAFT, collects_all=True), opened_by(part(Arrival.COMMAND, 4000))):
        assert not takes(draft, [part(Arrival.COMMAND, 4000)], Arrival.COMMAND, NOW)


@pytest.mark.parametrize("length", [1, 4000])
def test_text_follows_a_command_for_ten_minutes(length: int) -> None:
    first = part(Arrival.COMMAND, length)
    assert takes(opened_by(first), [first], Arrival.TEXT, NOW + PATIENCE)
    assert not takes(opened_by(first), [first], Arrival.TEXT, NOW + PATIENCE + SECOND)


@pytest.mark.parametrize("follower", [Arrival.TEXT, Arrival.FORWARD])
@pytest.mark.parametrize("first", [Arrival.COMMAND, Arrival.TEXT, Arrival.FORWARD])
def test_the_rest_of_a_cut_text_follows_within_a_minute(first: Arrival, follower: Arrival) -> None:
    cut = part(first, 3500)
    assert takes(opened_by(cut), [cut], follower, NOW + CUT_PATIENCE - SECOND)


def test_a_forward_after_a_whole_text_or_too_late_is_another_article() -> None:
    whole, cut = part(Arrival.TEXT, 3499), part(Arrival.TEXT, 3500)
    assert not takes(opened_by(whole), [whole], Arrival.FORWARD, NOW + SECOND)
    assert not takes(opened_by(cut), [cut], Arrival.FORWARD, NOW + CUT_PATIENCE)


@pytest.mark.parametrize("arrival", list(Arrival))
def test_a_file_is_whole_however_long(arrival: Arrival) -> None:
    file = part(Arrival.FILE, 4000)
    assert not takes(opened_by(file), [file], arrival, NOW)
    cut = part(Arrival.FORWARD, 4000)
    assert not takes(opened_by(cut), [cut], Arrival.FILE, NOW)


@given(st.lists(st.integers(1, 9)))
def test_parts_are_put_in_the_order_of_their_ids_once_each(ids: list[int]) -> None:
    ordered = joined_order([part(Arrival.TEXT, message_id=number) for number in ids])
    assert [one.message_id for one in ordered] == sorted(set(ids))
