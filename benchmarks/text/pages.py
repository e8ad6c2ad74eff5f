"""How well pages are read: headings kept, furniture leaked, paragraphs lost; trafilatura's own on the same pages.

The titled articles of the handbook are put into pages of templates of ours, an article in one. A heading is kept if it
is one of the draft's; a line of furniture has leaked if readers would see it; a paragraph is lost if they would not.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from statistics import fmean
from typing import Any

from lxml import html
from markdown_it import MarkdownIt
from trafilatura import bare_extraction

from benchmarks.text.corpora import Folder
from benchmarks.text.page_scene import SITE, Scene
from benchmarks.text.page_templates import TUNED
from benchmarks.text.page_templates_held import HELD_OUT
from benchmarks.text.rows import Row, compared
from digests.articles import Draft
from digests.blocks import Kind
from digests.sections import cut
from digests.sources import paste
from digests.sources.page import sourced

_DATA = "doka_articles"
_LONG = 25  # letters of a line that is looked for inside of others too
TEMPLATES = (*TUNED, *HELD_OUT)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page: its headings, and all of its lines."""

    headings: Sequence[str]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what should be read from it."""

    template: str
    markup: str
    headings: Sequence[str]
    paragraphs: Sequence[str]
    furniture: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shares:
    """How a page was read, in shares."""

    template: str
    kept: float
    leaked: float
    lost: float


def key(text: str) -> str:
    """Return the letters and digits of a text: what is equal in two renderings."""
    return "".join(filter(str.isalnum, text)).casefold()


def pages(folder: Folder, templates: Sequence[Callable[[Scene], str]] = TEMPLATES) -> Iterable[Page]:
    """Yield the handbook's articles as pages, the templates in turn."""
    titled = [line for line in folder.lines(_DATA) if line["title"].strip()]
    for number, line in enumerate(titled):
        template = templates[number % len(templates)]
        body = MarkdownIt("commonmark").enable(["table"]).render(line["markdown"])
        tree = html.fragment_fromstring(body, create_parent="div")
        scene = Scene(title=line["title"], body=body, dice=Random(line["id"]))
        markup = template(scene)
        text = key(f"{line['title']} {tree.text_content()}")
        yield Page(
            template=template.__name__,
            markup=markup,
            headings=[one.text_content() for one in tree.xpath(".//h2|.//h3|.//h4|.//h5|.//h6") if one.text_content()],
            paragraphs=[one.text_content() for one in tree.xpath(".//p") if key(one.text_content())],
            furniture=[line for line in scene.furniture if key(line) not in text],
        )


def ours(page: Page) -> Reading:
    """Return what readers of our draft would see."""
    draft = cut(paste.paragraphs(sourced(page.markup.encode(), "utf-8", f"{SITE}/1").blocks))
    return Reading(_headings(draft), [draft.title, *_lines(draft)])


def theirs(page: Page) -> Reading:
    """Return what trafilatura finds."""
    found = bare_extraction(page.markup, include_comments=False, with_metadata=False)
    if found is None:
        return Reading([], [])
    body: Any = getattr(found, "body", None)  # an element of lxml, which comes without types
    heads = ["".join(one.itertext()) for one in body.iter("head")]
    leaves = ["".join(one.itertext()) for one in body.iter("p", "head", "item", "cell", "quote", "code")]
    return Reading(heads, leaves)


def _headings(draft: Draft) -> list[str]:
    inside = [block.text for section in draft.sections for block in section.blocks if block.kind is Kind.HEADING]
    return [section.title for section in draft.sections if section.heading] + inside


def _lines(draft: Draft) -> list[str]:
    blocks = [*draft.lead, *(block for section in draft.sections for block in section.blocks)]
    return [section.title for section in draft.sections] + [block.text for block in blocks]


def shares(page: Page, reading: Reading) -> Shares:
    """Measure how a page was read."""
    wanted, found = Counter(map(key, page.headings)), Counter(map(key, reading.headings))
    keys = [key(line) for line in reading.lines]
    lines, text = set(keys), "".join(keys)
    leaked = [line for line in map(key, page.furniture) if line in lines or (len(line) >= _LONG and line in text)]
    lost = [line for line in map(key, page.paragraphs) if line not in text]
    return Shares(
        template=page.template,
        kept=sum((wanted & found).values()) / wanted.total() if wanted else 1.0,
        leaked=len(leaked) / max(1, len(page.furniture)),
        lost=len(lost) / max(1, len(page.paragraphs)),
    )


@cache
def _measured(folder: Folder) -> tuple[list[Shares], list[Shares]]:
    read = [(shares(page, ours(page)), shares(page, theirs(page))) for page in pages(folder)]
    return [one for one, _ in read], [other for _, other in read]


def headings(folder: Folder) -> Row:
    """Measure the share of an article's headings that are headings of the draft."""
    return _row(folder, "HTML: headings kept", 0.99, lambda one: one.kept, is_ceiling=False)


def furniture(folder: Folder) -> Row:
    """Measure the share of the furniture's lines that readers would see."""
    return _row(folder, "HTML: furniture leaked", 0.01, lambda one: one.leaked, is_ceiling=True)


def paragraphs(folder: Folder) -> Row:
    """Measure the share of an article's paragraphs that readers would not see."""
    return _row(folder, "HTML: paragraphs lost", 0.01, lambda one: one.lost, is_ceiling=True)


def _row(folder: Folder, task: str, goal: float, share: Callable[[Shares], float], *, is_ceiling: bool) -> Row:
    mine, other = _measured(folder)
    plain, own, margin = compared([share(one) for one in mine], [share(one) for one in other])
    held = {template.__name__ for template in HELD_OUT}
    outside = [share(one) for one in mine if one.template in held]
    return Row(
        task=task,
        data=_DATA,
        measure="share",
        baseline="trafilatura",
        plain=plain,
        ours=own,
        margin=margin,
        goal=goal,
        is_margin=False,
        is_ceiling=is_ceiling,
        items=len(mine),
        note=f"templates held out: {fmean(outside):.4f}" if outside else "",
    )
