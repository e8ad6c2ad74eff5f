"""Templates of pages to tune the reading of pages on: WordPress of several ages, builders, AMP, an old layout."""

from html import escape

from benchmarks.text import page_words as words
from benchmarks.text.page_scene import SITE, Scene, comments, items


def _head(scene: Scene, extra: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(scene.title)} — Городской вестник'
        f'</title><meta property="og:site_name" content="Городской вестник">{extra}<script>var d=1;</script></head>'
    )


def classic(scene: Scene) -> str:
    """A theme of WordPress from before blocks."""
    above, below = scene.split(at=0.6)
    return f"""{_head(scene)}<body class="single single-post postid-7 sidebar"><div id="page" class="hfeed site">
<header id="masthead" class="site-header"><h1 class="site-title"><a href="/" rel="home">{scene.say("Городской вестник")}</a>
</h1><nav id="site-navigation" class="main-navigation"><ul class="nav-menu">{items(scene.links(words.NAVIGATION, 5))}</ul>
</nav></header><div id="main" class="wrapper"><div id="primary" class="site-content"><div id="content" role="main">
<article id="post-7" class="post-7 post type-post status-publish format-standard hentry category-news tag-related">
<header class="entry-header"><h1 class="entry-title">{escape(scene.title)}</h1>
<div class="entry-meta"><time datetime="2024-05-12T14:35:00+03:00">{scene.one(words.META)}</time></div></header>
<div class="entry-content">{above}
<div class="code-block"><p><strong>{scene.one(words.RELATED_HEADS)}:</strong></p><ul>{items(scene.headlines(2))}</ul></div>
{below}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{scene.one(words.SHARE_HEADS)}</h3>
<div class="sd-content"><ul>{items(scene.links(words.SHARES, 3))}</ul></div></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline">{scene.one(words.RELATED_HEADS)}
</h3>{items(scene.headlines(3), "p")}</div></div>
<footer class="entry-meta">{scene.say("Запись опубликована в рубрике")} <a rel="category tag" href="/c/">Разное</a>.
</footer></article>
<nav class="nav-single"><span class="nav-previous">{items(scene.links(words.NEIGHBOURS, 2), "span")}</span></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">{scene.one(words.COMMENT_HEADS)}</h2>
<ol class="commentlist"><li class="comment">{comments(scene)}</li></ol>
<div id="respond"><h3 id="reply-title">{scene.one(words.COMMENT_FORM)}</h3><form><textarea></textarea></form></div></div>
</div></div><div id="secondary" class="widget-area" role="complementary"><aside class="widget widget_recent_entries">
<h3 class="widget-title">{scene.one(words.POPULAR_HEADS)}</h3><ul>{items(scene.headlines(4))}</ul></aside>
<aside class="widget widget_text"><div class="textwidget"><p>{scene.one(words.SUBSCRIBE)}</p></div></aside></div></div>
<footer id="colophon">{items(scene.some(words.FOOTERS, 2), "p")}</footer></div>
<div id="cookie-law-info-bar"><span>{scene.one(words.COOKIES)} <a>{scene.one(words.ACCEPT)}</a></span></div></body></html>"""


def block(scene: Scene) -> str:
    """A block theme of WordPress."""
    above, below = scene.split(at=0.4)
    return f"""{_head(scene)}<body class="wp-singular post-template-default"><div class="wp-site-blocks">
<header class="wp-block-template-part"><div class="wp-block-group"><p class="wp-block-site-title"><a href="/">
{scene.say("Городской вестник")}</a></p><nav class="wp-block-navigation"><ul>{items(scene.links(words.NAVIGATION, 4))}</ul>
</nav></div></header><main class="wp-block-group"><div class="wp-block-group has-global-padding">
<h1 class="wp-block-post-title">{escape(scene.title)}</h1><div class="wp-block-template-part"><div class="wp-block-group">
<div class="wp-block-post-date"><time datetime="2024-05-12">{scene.one(words.META)}</time></div>
<div class="wp-block-post-author-name">{scene.one(words.AUTHORS)}</div></div></div></div>
<div class="entry-content wp-block-post-content has-global-padding is-layout-constrained">{above}
<div class="wp-block-group has-background"><p class="has-text-align-center">{scene.one(words.SUBSCRIBE)}</p>
<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="https://t.me/v">
{scene.one(words.SUBSCRIBE_BUTTONS)}</a></div></div></div>{below}
<h2 class="wp-block-heading">{scene.one(words.RELATED_HEADS)}</h2><ul class="wp-block-latest-posts__list
wp-block-latest-posts">{items(scene.headlines(3))}</ul>
<ul class="wp-block-social-links">{items(scene.links(words.SHARES, 3))}</ul></div>
<div class="wp-block-group"><div class="taxonomy-post_tag wp-block-post-terms">{scene.one(words.TAG_HEADS)}
{", ".join(scene.links(words.TAGS, 3))}</div></div>
<div class="wp-block-comments"><h2 class="wp-block-comments-title">{scene.one(words.COMMENT_HEADS)}</h2>
<ol class="wp-block-comment-template"><li>{comments(scene)}</li></ol><div class="comment-respond"><h3
class="comment-reply-title">{scene.one(words.COMMENT_FORM)}</h3></div></div></main>
<footer class="wp-block-template-part">{items(scene.some(words.FOOTERS, 3), "p")}</footer></div></body></html>"""


def magazine(scene: Scene) -> str:
    """A magazine theme with many boxes."""
    above, below = scene.split(at=0.5)
    extra = f'<link rel="canonical" href="{SITE}/1"><meta property="article:section" content="Технологии">'
    return f"""{_head(scene, extra)}<body class="td-standard-pack"><div id="td-outer-wrap"><div class="td-header-wrap">
<div class="td-header-menu">{items(scene.links(words.NAVIGATION, 6), "span")}</div></div><div class="td-main-content-wrap">
<div class="td-container"><div class="td-crumb-container"><div class="entry-crumbs">
{" › ".join(scene.links(words.NAVIGATION, 2))}</div></div><div class="td-pb-row"><div class="td-pb-span8 td-main-content">
<article class="post"><div class="td-post-header"><h1 class="entry-title">{escape(scene.title)}</h1>
<div class="td-module-meta-info"><div class="td-post-author-name">{scene.one(words.AUTHORS)}</div><span
class="td-post-date">{scene.one(words.META)}</span><div class="td-post-views">{scene.say("1204")}</div></div></div>
<div class="td-post-sharing-top">{"".join(scene.links(words.SHARES, 3))}</div>
<div class="td-post-content tagdiv-type">{above}
<div class="td-a-rec td-a-rec-id-content_inline"><span class="td-adspot-title">{scene.one(words.ADS)}</span>
<p>{scene.one(words.ADVERTS)}</p></div>{below}</div><footer><div class="td-post-source-tags"><ul class="td-tags">
<li>{scene.one(words.TAG_HEADS)}</li>{items(scene.links(words.TAGS, 4))}</ul></div>
<div class="td-post-next-prev">{items(scene.links(words.NEIGHBOURS, 2), "div")}</div>
<div class="author-box-wrap"><div class="td-author-name">{scene.one(words.AUTHORS)}</div>
<div class="td-author-description">{scene.one(words.BIOS)}</div></div></footer></article>
<div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title">{scene.one(words.RELATED_HEADS)}</h4>
{items(scene.headlines(4), "h3", "entry-title td-module-title")}</div>
<div class="comments" id="comments"><h4>{scene.one(words.COMMENT_HEADS)}</h4>{comments(scene)}
<p>{scene.one(words.COMMENT_FORM)}</p></div></div><div class="td-pb-span4 td-main-sidebar"><div class="td_block_wrap">
<h4 class="block-title">{scene.one(words.POPULAR_HEADS)}</h4>{items(scene.headlines(3), "h3")}</div></div></div></div></div>
<div class="td-footer-wrapper">{items(scene.some(words.FOOTERS, 2), "div")}</div></div></body></html>"""


def custom(scene: Scene) -> str:
    """A news site of its own making, a division for each block of text."""
    above, below = scene.split(at=0.3)
    return f"""{_head(scene)}<body><div class="l-page"><div class="b-header">
{items(scene.links(words.NAVIGATION, 7), "div", "b-header__item")}</div><div class="b-content"><div class="b-topic">
<div class="b-topic__rubric"><a href="/r">{scene.say("Технологии и жизнь")}</a></div>
<h1 class="b-topic__title">{escape(scene.title)}</h1><div class="b-topic__date">{scene.one(words.META)}</div>
<div class="b-text">{above}<div class="b-also"><div class="b-also__title">{scene.one(words.RELATED_HEADS)}</div>
<div class="b-also__item">{scene.headlines(1)[0]}</div></div>{below}
<div class="b-subscribe-block"><div class="b-subscribe-block__text">{scene.one(words.SUBSCRIBE)}</div>
<a href="https://t.me/v">{scene.one(words.SUBSCRIBE_BUTTONS)}</a></div></div>
<div class="b-topic__mistake">{scene.one(words.MISPRINT)}</div>
<div class="b-topic__socials">{items(scene.links(words.SHARES, 4), "span")}</div>
<div class="b-topic__tags">{items(scene.links(words.TAGS, 3), "span")}</div></div>
<div class="b-recommended"><div class="b-recommended__header">{scene.one(words.RELATED_HEADS)}</div>
{items(scene.headlines(4), "div", "b-recommended__item")}</div>
<div class="b-discussion"><div class="b-discussion__title">{scene.one(words.COMMENT_HEADS)}</div>
<div class="b-discussion__item">{comments(scene, text="div", name="span")}</div></div></div>
<div class="b-column">{items(scene.headlines(5), "div", "b-column__news")}</div>
<div class="b-footer">{items(scene.some(words.FOOTERS, 3), "div")}</div></div></body></html>"""


def builder(scene: Scene) -> str:
    """A page put together in a page builder, where everything is a widget."""
    above, below = scene.split(at=0.5)

    def widget(kind: str, inside: str) -> str:
        return (
            f'<div class="elementor-element elementor-widget elementor-widget-{kind}"><div class="elementor-widget-'
            f'container">{inside}</div></div>'
        )

    return f"""{_head(scene)}<body class="elementor-default"><div class="elementor elementor-location-header">
{widget("nav-menu", f"<nav><ul>{items(scene.links(words.NAVIGATION, 5))}</ul></nav>")}</div>
<div class="elementor elementor-location-single"><section class="elementor-section"><div class="elementor-column">
{widget("heading", f'<h1 class="elementor-heading-title">{escape(scene.title)}</h1>')}
{widget("post-info", f'<ul class="elementor-icon-list-items"><li>{scene.one(words.META)}</li></ul>')}
{widget("text-editor", above)}
{widget("call-to-action", f"<h2>{scene.one(words.SUBSCRIBE)}</h2><a href='/s'>{scene.one(words.SUBSCRIBE_BUTTONS)}</a>")}
{widget("text-editor", below) if below else ""}
{widget("share-buttons", items(scene.links(words.SHARES, 3), "div"))}
{widget("author-box", f"<h4>{scene.one(words.AUTHORS)}</h4><p>{scene.one(words.BIOS)}</p>")}
{widget("post-navigation", items(scene.links(words.NEIGHBOURS, 2), "span"))}
{widget("heading", f"<h2>{scene.one(words.RELATED_HEADS)}</h2>")}
{widget("posts", "".join(f"<article><h3>{link}</h3></article>" for link in scene.headlines(3)))}
{widget("post-comments", f"<section id='comments'><h2>{scene.one(words.COMMENT_HEADS)}</h2>{comments(scene)}</section>")}
</div></section></div><div class="elementor-location-footer">{items(scene.some(words.FOOTERS, 2), "p")}</div>
<div class="elementor-popup-modal"><p>{scene.one(words.SUBSCRIBE)}</p></div></body></html>"""


def amp(scene: Scene) -> str:
    """The accelerated rendering of a page."""
    above, below = scene.split(at=0.5)
    return f"""{_head(scene)}<body class="amp-mode-mouse"><amp-sidebar id="s" layout="nodisplay"><ul>
{items(scene.links(words.NAVIGATION, 4))}</ul></amp-sidebar><header class="amp-wp-header"><div><a href="/">
{scene.say("Городской вестник")}</a></div></header><article class="amp-wp-article"><header class="amp-wp-article-header">
<h1 class="amp-wp-title">{escape(scene.title)}</h1><div class="amp-wp-meta amp-wp-byline">{scene.one(words.AUTHORS)}</div>
<div class="amp-wp-meta amp-wp-posted-on"><time>{scene.one(words.META)}</time></div></header>
<div class="amp-wp-article-content">{above}<amp-ad width="300"><div fallback>{scene.one(words.ADS)}</div></amp-ad>{below}
</div><div class="amp-social-list"><amp-social-share type="vk">{scene.one(words.SHARES)}</amp-social-share></div>
<footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-tag">{scene.one(words.TAG_HEADS)}
{", ".join(scene.links(words.TAGS, 2))}</div><div class="amp-wp-meta amp-wp-comments-link"><a href="#c">
{scene.one(words.COMMENT_FORM)}</a></div></footer></article><section class="amp-related-posts"><h2>
{scene.one(words.RELATED_HEADS)}</h2>{items(scene.headlines(3), "p")}</section>
<footer class="amp-wp-footer"><div>{items(scene.some(words.FOOTERS, 2), "p")}<a href="#top" class="back-to-top">
{scene.one(words.TOP)}</a></div></footer><amp-user-notification id="n">{scene.one(words.COOKIES)}</amp-user-notification>
</body></html>"""


def tables(scene: Scene) -> str:
    """A site laid out in tables twenty years ago and never since."""
    return f"""{_head(scene)}<body bgcolor="#ffffff"><table width="100%"><tr><td colspan="3"><font size="5"><b>
{scene.say("Городской вестник")}</b></font></td></tr><tr><td width="150" valign="top">
{"<br>".join(scene.links(words.NAVIGATION, 6))}</td><td valign="top"><font size="1">
{" / ".join(scene.links(words.NAVIGATION, 2))}</font><h1>{escape(scene.title)}</h1>
<font size="1" color="gray">{scene.one(words.META)}</font><br>{scene.body}<br><br>
<table><tr><td>{"</td><td>".join(scene.links(words.SHARES, 3))}</td></tr></table>
<b>{scene.one(words.RELATED_HEADS)}:</b><br>{"<br>".join(scene.headlines(3))}</td>
<td width="200" valign="top"><b>{scene.one(words.POPULAR_HEADS)}</b><br>{"<br>".join(scene.headlines(4))}<br>
<font size="1">{scene.one(words.ADVERTS)}</font></td></tr><tr><td colspan="3" align="center"><font size="1">
{"<br>".join(scene.some(words.FOOTERS, 3))}</font></td></tr></table></body></html>"""


def semantic(scene: Scene) -> str:
    """A page of elements with a meaning and without any class."""
    above, below = scene.split(at=0.5)
    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)}</title><meta name="author" content="x"></head><body>
<header><a href="/">{scene.say("Городской вестник")}</a><nav><ul>{items(scene.links(words.NAVIGATION, 5))}</ul></nav></header>
<main><article><header><h1>{escape(scene.title)}</h1><p><time datetime="2024-05-12">{scene.one(words.META)}</time></p>
<address>{scene.one(words.AUTHORS)}</address></header>{above}<aside><h2>{scene.one(words.RELATED_HEADS)}</h2><ul>
{items(scene.headlines(2))}</ul></aside>{below}<footer><p>{scene.one(words.TAG_HEADS)}
{", ".join(scene.links(words.TAGS, 3))}</p><ul>{items(scene.links(words.SHARES, 3))}</ul></footer></article>
<section><h2>{scene.one(words.COMMENT_HEADS)}</h2><article>{comments(scene)}</article></section></main>
<aside><h2>{scene.one(words.POPULAR_HEADS)}</h2><ol>{items(scene.headlines(5))}</ol></aside>
<footer><p>{"</p><p>".join(scene.some(words.FOOTERS, 3))}</p></footer></body></html>"""


def longread(scene: Scene) -> str:
    """A modern newspaper: a division for each screen, marks for its tests instead of classes."""
    above, below = scene.split(at=0.6)
    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)}</title><script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2024-05-12T10:00:00Z"}}</script></head><body>
<div data-testid="top"><div data-testid="burger">{items(scene.links(words.NAVIGATION, 4), "div")}</div></div>
<div data-testid="material"><div data-testid="cover"><h1>{escape(scene.title)}</h1></div><div data-testid="body">
<div data-testid="toc"><div>{scene.one(words.TOC_HEADS)}</div></div><div data-testid="rich-text">{above}</div>
<div data-testid="rich-banner"><div>{scene.one(words.ADS)}</div></div>
<div data-testid="rich-related"><a href="/n/5"><div>{scene.headlines(1)[0]}</div></a></div>
<div data-testid="rich-text">{below}</div><div data-testid="donate"><div>{scene.one(words.SUBSCRIBE)}</div>
<button>{scene.say("Поддержать")}</button></div></div><div data-testid="authors"><div>{scene.one(words.AUTHOR_HEADS)}</div>
<div>{scene.one(words.BIOS)}</div></div><div data-testid="tags">{items(scene.links(words.TAGS, 3), "span")}</div></div>
<div data-testid="next">{"".join(f"<div><h3>{link}</h3></div>" for link in scene.headlines(4))}</div>
<div data-testid="bottom">{items(scene.some(words.FOOTERS, 3), "div")}</div></body></html>"""


def records(scene: Scene) -> str:
    """A page of a constructor: a record for each piece, the article in several of them."""
    above, below = scene.split(at=0.5)
    text = "t-text t-text_md"

    def record(number: int, inside: str) -> str:
        return f'<div id="rec{number}" class="r t-rec t-rec_pt_45"><div class="t-container"><div class="t-col t-col_8">{inside}</div></div></div>'

    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)}</title></head><body class="t-body"><div id="allrecords">
<header id="t-header">{record(1, "".join(scene.links(words.NAVIGATION, 5)))}</header>
{record(2, f'<h1 class="t-title t-title_xl">{escape(scene.title)}</h1><div class="t-uptitle">{scene.one(words.META)}</div>')}
{record(3, f'<div class="{text}" field="text">{above}</div>')}
{record(4, f'<div class="t-name t-name_xl">{scene.one(words.SUBSCRIBE)}</div><a class="t-btn" href="/f">{scene.one(words.SUBSCRIBE_BUTTONS)}</a>')}
{record(5, f'<div class="{text}" field="text">{below}</div>') if below else ""}
{record(6, f'<div class="t-heading">{scene.one(words.RELATED_HEADS)}</div>' + items(scene.headlines(3), "div", "t-card__title"))}
{record(7, f'<div class="t-descr">{scene.one(words.AUTHOR_HEADS)}</div><div class="t-text">{scene.one(words.BIOS)}</div>')}
<footer id="t-footer">{record(8, items(scene.some(words.FOOTERS, 3), "div", "t-descr"))}</footer></div></body></html>"""


def catalogue(scene: Scene) -> str:
    """A site on an old system of components and modules."""
    above, below = scene.split(at=0.5)
    return f"""<!DOCTYPE html><html><head><title>{escape(scene.title)} - Городской вестник</title></head><body id="bd">
<div id="t3-mainnav">{items(scene.links(words.NAVIGATION, 5), "span")}</div><div class="moduletable"><h3>
{scene.one(words.POPULAR_HEADS)}</h3><ul class="mostread">{items(scene.headlines(4))}</ul></div><div id="t3-content">
<div id="k2Container" class="itemView"><span class="itemDateCreated">{scene.one(words.META)}</span><h2 class="itemTitle">
{escape(scene.title)}</h2><span class="itemAuthor">{scene.one(words.AUTHORS)}</span><div class="itemRatingBlock"><span>
{scene.one(words.RATING)}</span></div><div class="itemBody"><div class="itemFullText">{above}
<div class="custom"><p>{scene.one(words.ADS)}</p><p>{scene.one(words.ADVERTS)}</p></div>{below}</div></div>
<div class="itemSocialSharing">{items(scene.links(words.SHARES, 3), "div")}</div><div class="itemLinks"><div
class="itemTagsBlock"><span>{scene.one(words.TAG_HEADS)}</span>{items(scene.links(words.TAGS, 3))}</div></div>
<div class="itemAuthorBlock"><p>{scene.one(words.BIOS)}</p></div><div class="itemRelated"><h3>{scene.one(words.RELATED_HEADS)}
</h3><ul>{items(scene.headlines(3))}</ul></div><div class="itemNavigation">{"".join(scene.links(words.NEIGHBOURS, 2))}</div>
<div class="itemComments"><h3>{scene.one(words.COMMENT_HEADS)}</h3>{comments(scene)}</div>
<div class="itemBackToTop"><a>{scene.one(words.TOP)}</a></div></div></div>
<div id="t3-footer">{items(scene.some(words.FOOTERS, 2), "p")}</div></body></html>"""


TUNED = (classic, block, magazine, custom, builder, amp, tables, semantic, longread, records, catalogue)
