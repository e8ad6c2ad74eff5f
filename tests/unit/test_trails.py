"""Trails: what is pushed comes back, and any trail can be made to fit its button."""

from hypothesis import given
from hypothesis import strategies as st

from bot import trails
from bot.callbacks import DATA_LIMIT, KeepArticle, ShowRelated, ShowSection

IDS = st.integers(1, 10**10 - 1)
PLACES = st.integers(0, 999)
PAGES = st.builds(trails.Page, IDS, PLACES, PLACES)
FRAMES = (
    st.sampled_from([trails.COVER, trails.CONTENTS, trails.LATEST, trails.SAVED, trails.DRAFT])
    | st.builds(trails.Turned, st.sampled_from([trails.CONTENTS, trails.LATEST, trails.SAVED]), st.integers(1, 999))
    | st.builds(trails.Rubric, IDS, PLACES)
    | st.builds(trails.Found, IDS, PLACES)
    | st.builds(trails.Day, st.integers(1, 99991231), PLACES)
    | PAGES
)
WAYS = st.lists(FRAMES, max_size=6)


def walked(frames: list[trails.Frame]) -> str:
    trail = ""
    for frame in frames:
        trail = trails.push(trail, frame)
    return trail


@given(WAYS)
def test_frames_come_back_newest_first(frames: list[trails.Frame]) -> None:
    trail = walked(frames)
    back = []
    while trail:
        frame, trail = trails.pop(trail)
        back.append(frame)
    assert back == frames[::-1]


@given(WAYS, st.integers(0, 64))
def test_a_fitted_trail_keeps_its_beginning_and_its_end(frames: list[trails.Frame], limit: int) -> None:
    trail = walked(frames)
    fitted = trails.fitted(trail, limit)
    assert len(fitted) <= limit
    if fitted:
        kept, whole = fitted.split("_"), trail.split("_")
        assert kept[0] == whole[0]
        assert kept[1:] == whole[len(whole) - len(kept) + 1 :]


@given(WAYS, IDS, IDS, PLACES, PLACES)
def test_with_any_trail_a_button_has_at_most_64_bytes(
    frames: list[trails.Frame], edition: int, article: int, section: int, page: int
) -> None:
    place = {"edition": edition, "article": article, "section": section, "page": page}
    for empty in (ShowSection(**place), ShowRelated(**place), KeepArticle(on=True, **place)):
        room = DATA_LIMIT - len(empty.pack())
        full = empty.model_copy(update={"trail": trails.fitted(walked(frames), room)})
        assert len(full.pack().encode()) <= DATA_LIMIT


@given(IDS, IDS, IDS, PLACES, PLACES)
def test_the_way_back_from_a_related_article_fits_at_least_once(
    edition: int, article: int, before: int, section: int, page: int
) -> None:
    trail = walked([trails.COVER, trails.Page(before, section, page)])
    room = DATA_LIMIT - len(ShowSection(edition=edition, article=article, section=section, page=page).pack())
    assert trails.fitted(trail, room) == trail


@given(st.text(max_size=30))
def test_what_is_no_trail_leads_nowhere_without_an_error(text: str) -> None:
    frame, rest = trails.pop(text)
    assert frame is None or trails.push(rest, frame)


def test_numbers_that_no_article_has_are_no_frames() -> None:
    assert trails.pop("a99999999999999999999-0-0") == (None, "")
    assert trails.pop("a1-99999-0") == (None, "")
    assert trails.pop("r٣") == (None, "")
