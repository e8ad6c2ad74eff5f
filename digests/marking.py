"""Deciding what each block of a text is: by what editors said, by what the source repeats, and by looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digests import furniture, headings, related_lists, repetition
from digests.articles import HEADING_LIMIT, TITLE_LIMIT, SourceLink
from digests.blocks import Block, Kind
from digests.labels import Basis, Doubt, Guide, Label, Mark, line_key, lines_of
from digests.shapes import has_word, is_bold, is_credit, is_open, one_line, whole_link

_SENTENCE_TITLE_LIMIT = 120  # characters of a title that ends with a full stop, or is all there is
_CAPTION_LIMIT = 300  # characters
_SENTENCE_ENDS = (". ", "! ", "? ", "… ")


@dataclass(slots=True)
class Marking:
    """The marks of all blocks, and where the titles of related articles lead, by position."""

    marks: list[Mark]
    links: dict[int, SourceLink] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    """The labels while they are being decided."""

    blocks: Sequence[Block]
    labels: list[Label]
    bases: list[Basis]
    doubts: dict[int, Doubt]
    links: dict[int, SourceLink]

    def put(self, position: int, label: Label, basis: Basis) -> None:
        """Give a line a label for good."""
        self.labels[position] = label
        self.bases[position] = basis
        self.doubts.pop(position, None)


def marked(blocks: Sequence[Block], guide: Guide) -> Marking:
    """Return what each block of a text is; blocks without text are not expected.

    At most one is the title and at least one is kept. A correction changes its own line only, except that the line
    below a removed title may become the title.
    """
    lines = lines_of(blocks)
    sheet = _by_looks(blocks, guide)
    if not any(label.is_kept for label in sheet.labels):
        sheet = _by_looks(blocks, Guide())
    _correct(sheet, lines, guide)
    marks = [
        Mark(line=line, block=block, label=label, basis=basis, doubt=sheet.doubts.get(i))
        for i, (line, block, label, basis) in enumerate(zip(lines, blocks, sheet.labels, sheet.bases, strict=True))
    ]
    return Marking(marks, sheet.links)


def can_be_title(block: Block, *, is_alone: bool = False) -> bool:
    """Tell whether the first block of a text may be its title; `is_alone` says that there is no other."""
    text = one_line(block.text)
    if len(text) > TITLE_LIMIT or not has_word(text) or block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return False
    if block.kind is Kind.HEADING or (is_bold(block) and not is_alone):
        return True
    if is_open(text) and not is_alone:
        return True
    has_sentences = any(end in text for end in _SENTENCE_ENDS)
    return len(text) <= _SENTENCE_TITLE_LIMIT and (is_open(text) or not has_sentences)


def can_be(block: Block, label: Label) -> bool:
    """Tell whether an editor may call a block that."""
    match label:
        case Label.TITLE:
            return has_word(block.text) and len(one_line(block.text)) <= TITLE_LIMIT
        case Label.HEADING:
            return has_word(block.text) and len(block.text.strip()) <= HEADING_LIMIT
        case Label.CAPTION:
            return len(block.text.strip()) <= _CAPTION_LIMIT
        case Label.TEXT | Label.FURNITURE:
            return True
        case Label.RELATED:
            return False  # what is taken away is that by itself if it was found in a list


def _by_looks(blocks: Sequence[Block], guide: Guide) -> _Sheet:
    """Return the labels before any correction: what the source's rules take away is gone before the rest is judged."""
    keys = [guide.key(block) for block in blocks] if guide.rules else [""] * len(blocks)
    ruled = {i: guide.rules[key] for i, key in enumerate(keys) if key in guide.rules}
    kept = {i for i, label in ruled.items() if label.is_kept}
    page = (furniture.find(blocks) | (ruled.keys() - kept)) - kept
    again = [line_key(block.text, is_exact=True) in guide.repeated for block in blocks] if guide.repeated else []
    repeated, suspected = repetition.find(blocks, again, page) if guide.repeated else (set(), set())
    page |= repeated - kept
    lists = related_lists.find(blocks, page)
    related = lists.positions - kept
    if len(page) + len(related - page) >= len(blocks):
        page, related = set(), set()
    removed = page | related
    body = [i for i in range(len(blocks)) if i not in removed]
    sheet = _Sheet(blocks, [Label.TEXT] * len(blocks), [Basis.LOOKS] * len(blocks), {}, lists.links)
    for i in removed:
        basis = Basis.RULE if i in ruled else Basis.REPEATED if i in repeated else Basis.LOOKS
        label = ruled.get(i, Label.RELATED if i in related else Label.FURNITURE)
        sheet.labels[i], sheet.bases[i] = label, basis
    sheet.doubts.update({i: why for i, why in lists.doubts.items() if i not in page and i not in ruled})
    _judge_body(sheet, body, ruled)
    for i in suspected - removed:
        if sheet.bases[i] is Basis.LOOKS:
            sheet.doubts[i] = Doubt.REPEATED
    return sheet


def _judge_body(sheet: _Sheet, body: Sequence[int], ruled: dict[int, Label]) -> None:
    """Find the title and the sub-headings among the blocks that are kept."""
    blocks = sheet.blocks
    first = body[0]
    title = ""
    if ruled.get(first) is not Label.TEXT and can_be_title(blocks[first], is_alone=len(body) == 1):
        sheet.labels[first] = Label.TITLE
        title, body = one_line(blocks[first].text), body[1:]
    found = headings.find(title, [blocks[i] for i in body])
    for n, i in enumerate(body):
        if i in ruled:
            sheet.put(i, ruled[i], Basis.RULE)
            continue
        if n in found.positions:
            sheet.labels[i] = Label.HEADING
        elif n in found.inserted:
            sheet.labels[i] = Label.RELATED
            sheet.links[i] = SourceLink(title=one_line(blocks[i].text), href=whole_link(blocks[i]))
        elif blocks[i].kind is Kind.CAPTION or is_credit(blocks[i]):
            sheet.labels[i] = Label.CAPTION
        if n in found.doubts:
            sheet.doubts[i] = found.doubts[n]


def _correct(sheet: _Sheet, lines: Sequence[str], guide: Guide) -> None:
    """Put what editors said of single lines over everything else."""
    said = {i: guide.corrections[line] for i, line in enumerate(lines) if line in guide.corrections}
    if not said or not _leaves_any(sheet, said):
        return
    titles = [i for i, label in said.items() if label is Label.TITLE]
    before = next((i for i, label in enumerate(sheet.labels) if label is Label.TITLE), None)
    for i, label in said.items():
        is_listed = label is Label.FURNITURE and i in sheet.links
        sheet.put(i, Label.TEXT if i in titles[1:] else Label.RELATED if is_listed else label, Basis.EDITOR)
    if titles:
        if before is not None and before not in said:
            sheet.labels[before] = Label.TEXT
    elif before in said and not said[before].is_kept:
        _promote(sheet, said)


def _leaves_any(sheet: _Sheet, said: dict[int, Label]) -> bool:
    return any(said.get(i, label).is_kept for i, label in enumerate(sheet.labels))


def _promote(sheet: _Sheet, said: dict[int, Label]) -> None:
    """Let the first line that is left be the title, after the old one was taken away."""
    kept = [i for i, label in enumerate(sheet.labels) if label.is_kept]
    if kept[0] not in said and can_be_title(sheet.blocks[kept[0]], is_alone=len(kept) == 1):
        sheet.labels[kept[0]] = Label.TITLE
        sheet.doubts.pop(kept[0], None)
