"""What stands under a picture is known from the page: readers see it slanted, and it is neither title nor summary."""

import pytest

from bot.views.markup import html
from digests.articles import Draft
from digests.blocks import Block, Kind, Style, paragraph, plain
from digests.labels import Guide, Label, lines_of
from digests.sections import cut, cut_by
from digests.sources import documents
from digests.sources.page import sourced
from digests.summaries import Told, summary

LEAD = "Движение по мосту на Садовой улице перекроют первого декабря, объезд пойдёт по Речной улице и набережной."
REST = "Опоры моста обследовали в октябре и нашли трещины, ездить по нему опасно, решила комиссия администрации."
CAPTION = "Мэр города Иван Петров осмотрел мост на Садовой улице в октябре прошлого года."
PICTURE = "<figure><img src='/most.jpg'><figcaption>{}</figcaption></figure>"
OLD_PICTURE = "<div class='wp-caption'><img src='/most.jpg'><p class='wp-caption-text'>{}</p></div>"


def read(picture: str, *, headings: bool) -> Draft:
    below = f"<h2>Объезд</h2><p>{REST}</p>{picture.format('Объезд по Речной')}<p>{REST}</p>" if headings else ""
    body = f"<h1>Мост на Садовой закроют</h1>{picture.format(CAPTION)}<p>{LEAD}</p><p>{REST * 3}</p>{below}"
    page = f"<html><head><title>Мост на Садовой закроют</title></head><body><article>{body}</article></body></html>"
    return cut(sourced(page.encode(), "utf-8", "https://gorod.example/most").blocks)


@pytest.mark.parametrize("picture", [PICTURE, OLD_PICTURE])
@pytest.mark.parametrize("headings", [True, False])
def test_a_caption_above_the_lead_is_a_caption_and_the_lead_the_lead(picture: str, *, headings: bool) -> None:
    draft = read(picture, headings=headings)
    assert draft.title == "Мост на Садовой закроют"
    assert [(block.kind, block.text) for block in draft.lead[:2]] == [(Kind.CAPTION, CAPTION), (Kind.PARAGRAPH, LEAD)]
    assert f"<i>{CAPTION}</i>" in html(draft.lead)


@pytest.mark.parametrize("picture", [PICTURE, OLD_PICTURE])
def test_a_caption_in_a_section_stays_in_its_place(picture: str) -> None:
    section = read(picture, headings=True).sections[-1]
    assert [block.kind for block in section.blocks] == [Kind.PARAGRAPH, Kind.CAPTION, Kind.PARAGRAPH]


def test_an_article_is_not_summed_up_by_a_caption() -> None:
    draft = read(PICTURE, headings=False)
    told = summary(Told(draft.title, draft.lead, draft.sections))
    assert told.sentence
    assert CAPTION not in (told.sentence + told.brief)
    assert "объезд" in told.sentence or "трещины" in told.sentence


def test_a_caption_alone_is_no_lead() -> None:
    caption = Block(kind=Kind.CAPTION, spans=paragraph(CAPTION).spans)
    heading = Block(kind=Kind.HEADING, spans=paragraph("Когда").spans)
    draft = cut([paragraph("Мост на Садовой закроют"), caption, heading, paragraph(LEAD)])
    assert draft.lead == ()
    assert CAPTION in "".join(plain(section.blocks) for section in draft.sections)


def test_an_editor_may_call_it_text() -> None:
    blocks = documents.blocks_of("most.html", f"<h1>Мост</h1><p>{LEAD}</p>{PICTURE.format(CAPTION)}".encode())
    line = lines_of(blocks)[-1]
    draft = cut_by(blocks, Guide(corrections={line: Label.TEXT})).draft
    last = draft.sections[-1].blocks[-1]
    assert (last.kind, last.text) == (Kind.PARAGRAPH, CAPTION)
    assert all(Style.ITALIC not in span.styles for span in last.spans)
