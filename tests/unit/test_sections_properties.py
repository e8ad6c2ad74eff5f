"""What holds for any text that is cut: every block is somewhere, once, in its order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles import Draft, TitleOrigin
from digests.blocks import Block, Kind, Span, Style, paragraph, squeezed
from digests.errors import EmptyText, NoLetters
from digests.sections import cut
from digests.sources.paste import from_text, paragraphs

SENTENCE = "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. "
SHORT = """
Мост закроют до весны
Как ездить
Сколько это стоит?
Анна Петрова
Читайте также:
Статьи по теме
Поделиться
Читайте также: Как строили мост
Фото: Reuters
Подписывайтесь на наш канал в Telegram
1. Раз
2. Два
— Когда?
Реклама
2518
#мост
Источник: a.ru
3 мая 2026, 10:00
🎉
<b>
שלום
Мост на Садовой.
с маленькой буквы
Как строили мост на Садовой
Почему трамвай остановят
""".strip().splitlines()
LINES = st.sampled_from([*SHORT, "\u200b", SENTENCE * 2, SENTENCE * 9])
SPANS = st.builds(
    Span,
    text=st.one_of(LINES, st.text(max_size=30)),
    styles=st.frozensets(st.sampled_from(Style), max_size=2),
    href=st.none() | st.sampled_from(["https://a.ru/", "https://t.me/gorod"]),
)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(Kind) | st.just(Kind.PARAGRAPH),
    spans=st.lists(SPANS, min_size=1, max_size=2).map(tuple),
)

HEADS = st.sampled_from(
    ["Почему закрыли мост", "Как ездить в объезд", "Сколько это стоит", "Что говорят жители", "Когда откроют"]
)
PROSE = st.integers(1, 6).map(lambda times: (SENTENCE * times).strip())


def parts(draft: Draft) -> list[str]:
    """Return the texts of the draft that are shown to readers, in their order; a derived title is in the body too."""
    texts = [draft.title] if draft.title_origin is not TitleOrigin.DERIVED else []
    texts += [block.text for block in draft.lead]
    for section in draft.sections:
        texts += [section.title, *(block.text for block in section.blocks)]
    return [text for text in map(squeezed, texts) if text]


def is_interleaved(whole: list[str], first: list[str], second: list[str]) -> bool:
    """Tell whether two lists, each in its order, make up the whole in its order."""
    ends = {(0, 0)}
    for text in whole:
        ends = {
            (a + (which == 0), b + (which == 1))
            for a, b in ends
            for which in (0, 1)
            if (a < len(first) and first[a] == text if which == 0 else b < len(second) and second[b] == text)
        }
    return (len(first), len(second)) in ends


def assert_nothing_is_lost(blocks: list[Block] | tuple[Block, ...], draft: Draft) -> None:
    whole = [text for text in (squeezed(block.text) for block in blocks) if text]
    assert is_interleaved(whole, parts(draft), [squeezed(piece.block.text) for piece in draft.removed])


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCKS, max_size=14))
def test_every_block_is_in_the_draft_once_and_in_its_order(blocks: list[Block]) -> None:
    try:
        draft = cut(blocks)
    except (EmptyText, NoLetters):
        assert not any(char.isalnum() for block in blocks for char in block.text)
        return

    assert_nothing_is_lost(blocks, draft)
    assert draft.title.strip()
    assert draft == cut(blocks)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=20), st.sampled_from(["\n", "\n\n"]))
def test_every_line_of_a_pasted_text_is_in_the_draft(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    try:
        draft = cut(paragraphs(from_text(text)))
    except (EmptyText, NoLetters):
        return

    shown = sorted("".join([*parts(draft), *(squeezed(piece.block.text) for piece in draft.removed)]))
    assert shown == sorted(squeezed(text))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_an_ordinary_article_is_cut_at_its_headings(data: st.DataObject) -> None:
    heads = data.draw(st.lists(HEADS, min_size=2, max_size=5, unique=True))
    lines = ["Мост на Садовой закроют до весны", SENTENCE.strip()]
    for head in heads:
        lines += [head, *data.draw(st.lists(PROSE, min_size=1, max_size=4))]
    tail = data.draw(
        st.sampled_from([[], ["Статьи по теме"], ["Читайте также:", "Как строили мост на Садовой"], ["Наверх"]])
    )

    draft = cut([paragraph(line) for line in (*lines, *tail)])

    assert draft.title == lines[0]
    assert [section.title for section in draft.sections] == heads
    assert [piece.block.text for piece in draft.removed] == tail
