"""What holds for the pages of any text: nothing lost, nothing repeated, every limit kept."""

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from digests import costs
from digests.blocks import Block, Kind, Span, Style
from digests.pages import Budget, Page, paginate

WORDS = st.sampled_from(
    ["мост", "на", "Садовой", "закроют.", "Ещё", "«да»", "т.", "е.", "https://город.рф/a?b=1&c", "@svodka", "#мост",
     "👨‍👩‍👧‍👦", "🇷🇺🇷🇺", "e\u0301", "<b>", "&amp;", "+7 812 555-35-35", "שלום", "\u200b", "— сказал", "я" * 700,
     "!?", "\n", "\t", "  ", "\n\n", "\ud83d"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(WORDS, max_size=20).map(" ".join),
    st.lists(WORDS, max_size=10).map("".join),
    st.text(max_size=80),
    st.builds(lambda word, times: (word * times)[:3_000], WORDS, st.integers(1, 400)),
)
SPANS = st.builds(
    Span,
    text=TEXTS,
    styles=st.frozensets(st.sampled_from(Style), max_size=3),
    href=st.none() | st.sampled_from(["https://город.рф/", "https://a.ru/?x=1&y=" + "z" * 900]),
)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(Kind),
    spans=st.lists(SPANS, max_size=4).map(tuple),
)
BUDGETS = st.builds(
    Budget, utf16=st.integers(200, 3000), markup_bytes=st.integers(4_000, 26_000), entities=st.integers(12, 88)
)

Look = tuple[str, Kind, frozenset[Style], str | None]


def looks(blocks: list[Block]) -> list[Look]:
    """Return every character but white space with all that is said of it."""
    return [
        (char, block.kind, span.styles, span.href)
        for block in blocks
        for span in block.spans
        for char in span.text
        if not char.isspace()
    ]


def flat(pages: tuple[Page, ...]) -> list[Block]:
    return list(chain.from_iterable(pages))


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=5), BUDGETS)
def test_pages_hold_every_character_once_with_its_looks_and_keep_the_budget(
    blocks: list[Block], budget: Budget
) -> None:
    found = paginate(blocks, budget)

    assert looks(flat(found)) == looks(blocks)
    assert all(budget.holds(costs.of_page(page)) for page in found)
    assert found == paginate(blocks, budget)
    assert all(page for page in found) or found == ((),)


@settings(max_examples=25, deadline=None)
@given(st.lists(SPANS, min_size=1, max_size=4), st.integers(1_000, 200_000), st.sampled_from(Kind))
def test_a_paragraph_of_any_length_is_divided_without_loss(spans: list[Span], length: int, kind: Kind) -> None:
    text = "".join(span.text for span in spans)
    times = max(1, min(length // max(1, len(text)), 400))
    block = Block(kind=kind, spans=tuple(spans) * times)

    found = paginate([block])

    assert looks(flat(found)) == looks([block])
    assert all(Budget().holds(costs.of_page(page)) for page in found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("абв ", min_size=1, max_size=100), st.integers(20, 4_000)).filter(lambda it: it[0].strip()),
        min_size=1,
        max_size=8,
    )
)
def test_no_heading_is_left_alone_at_the_foot_of_a_page(parts: list[tuple[str, int]]) -> None:
    blocks: list[Block] = []
    for title, size in parts:
        blocks.append(Block(kind=Kind.HEADING, spans=(Span(text=title),)))
        blocks.append(Block(spans=(Span(text=("Мост закроют до весны. " * 200)[:size]),)))

    assert all(page[-1].kind is not Kind.HEADING for page in paginate(blocks))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(20, 1_500), min_size=1, max_size=40))
def test_ordinary_paragraphs_stay_whole(sizes: list[int]) -> None:
    blocks = [Block(spans=(Span(text="я" * (size - 1) + "."),)) for size in sizes if size <= 1_200]

    assert flat(paginate(blocks)) == blocks
