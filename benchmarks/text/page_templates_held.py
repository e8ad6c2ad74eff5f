"""Templates of pages that the reading of pages was not tuned on: what it does to the pages of strangers."""

from html import escape

from benchmarks.text import page_words as words
from benchmarks.text.page_scene import Scene, comments, items


def hashed(scene: Scene) -> str:
    """A site whose class names are hashes of a style compiler."""
    above, below = scene.split(at=0.5)
    card = f'<div class="sc-f1a2 kPqWe"><a href="/n/1" class="sc-77ab"><div><img src="i.jpg"></div></a>{scene.headlines(1)[0]}</div>'
    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)}</title></head><body><div id="__next">
<div class="css-1a2b3c"><div class="css-9z8y7x">{items(scene.links(words.NAVIGATION, 6), "div", "css-77")}</div></div>
<div class="css-q1w2e3"><div class="css-r4t5y6"><div class="css-u7i8"><span>{scene.one(words.META)}</span></div>
<h1 class="css-o9p0">{escape(scene.title)}</h1><div class="css-body1">{above}{card}{below}</div>
<div class="css-sh4re">{items(scene.links(words.SHARES, 3), "div")}</div>
<div class="css-t4gs">{items(scene.links(words.TAGS, 3), "div")}</div></div>
<div class="css-s1de"><div class="css-h3ad">{scene.one(words.POPULAR_HEADS)}</div>
{items(scene.headlines(4), "div", "css-it3m")}</div></div>
<div class="css-c0mm"><h2 class="css-c1">{scene.one(words.COMMENT_HEADS)}</h2>{comments(scene, text="div", name="span")}</div>
<div class="css-f00t">{items(scene.some(words.FOOTERS, 3), "div")}</div></div></body></html>"""


def engine(scene: Scene) -> str:
    """A site on an engine popular in Russia, with class names in two languages."""
    above, below = scene.split(at=0.7)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(scene.title)} » Городской вестник</title>
<meta property="og:title" content="{escape(scene.title, quote=True)}"></head><body><div class="wrap"><div class="topmenu">
<ul>{items(scene.links(words.NAVIGATION, 6))}</ul></div><div class="speedbar">{" » ".join(scene.links(words.NAVIGATION, 2))}
</div><div id="dle-content"><article class="fullstory"><h1>{escape(scene.title)}</h1><div class="story-info"><span
class="story-date">{scene.one(words.META)}</span></div><div class="full-text clearfix">{above}
<div class="podpiska-blok"><p>{scene.one(words.SUBSCRIBE)}</p><a class="btn" href="https://t.me/v">
{scene.one(words.SUBSCRIBE_BUTTONS)}</a></div>{below}</div><div class="ratingblock"><div class="rate">
{scene.one(words.RATING)}</div></div><div class="knopki-soc">{items(scene.links(words.SHARES, 3), "span")}</div>
<div class="chitaite-takzhe"><div class="zagolovok">{scene.one(words.RELATED_HEADS)}</div><ul class="rel-news">
{items(scene.headlines(4))}</ul></div></article><div class="kommentarii" id="dle-comments-list"><div class="zagolovok">
{scene.one(words.COMMENT_HEADS)}</div>{comments(scene, text="div")}</div><div class="add-comm-form">
{scene.one(words.COMMENT_FORM)}</div></div><div class="pravaya-kolonka"><div class="blok-zag">
{scene.one(words.POPULAR_HEADS)}</div>{items(scene.headlines(4), "div")}</div><div class="niz">
{items(scene.some(words.FOOTERS, 2), "div")}</div></div></body></html>"""


def portal(scene: Scene) -> str:
    """A regional portal: the article in a column of boxes, with calls between its paragraphs."""
    above, below = scene.split(at=0.4)
    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)} | Портал</title></head><body class="bx-chrome">
<div class="header-bottom">{items(scene.links(words.NAVIGATION, 6), "a")}</div><div class="workarea"><div class="bx-content">
<div class="bx-breadcrumb">{" / ".join(scene.links(words.NAVIGATION, 3))}</div><div class="news-detail">
<h1 class="news-detail__name">{escape(scene.title)}</h1><div class="news-detail__top"><span>{scene.one(words.META)}</span>
<span>{scene.one(words.AUTHORS)}</span></div><div class="news-detail__text">{above}
<div class="tg-block"><div class="tg-block__icon"></div><a href="https://t.me/portal">{scene.one(words.SUBSCRIBE)}</a></div>
{below}<p><em>{scene.one(words.MISPRINT)}</em></p><p><b>{scene.one(words.RELATED_HEADS)}:</b></p>
{items(scene.headlines(3), "p")}</div><div class="soc-buttons">{scene.one(words.SHARE_HEADS)}
{items(scene.links(words.SHARES, 3), "i")}</div></div><div class="news-slider"><div class="news-slider__head">
{scene.one(words.POPULAR_HEADS)}</div>{items(scene.headlines(4), "div", "news-slider__cell")}</div>
<div class="forum-reviews"><div class="forum-title">{scene.one(words.COMMENT_HEADS)}</div>{comments(scene, text="div")}</div>
</div><div class="page-aside"><div class="page-aside__block"><p>{scene.one(words.ADVERTS)}</p></div></div></div>
<div class="bottom">{items(scene.some(words.FOOTERS, 2), "p")}</div>
<div class="warning-strip">{scene.one(words.COOKIES)}<button>{scene.one(words.ACCEPT)}</button></div></body></html>"""


HELD_OUT = (hashed, engine, portal)
