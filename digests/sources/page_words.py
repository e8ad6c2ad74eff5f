"""The names that pages give to their parts, in classes and ids, and the words over those parts."""

import re


def _named(pattern: str) -> re.Pattern[str]:
    """Return a pattern for a name of words joined by hyphens: `post-share-buttons`."""
    return re.compile(rf"(?:^|-)(?:{pattern})(?:-|$)", re.VERBOSE)


# Parts that are furniture whatever they hold.
SHARE = _named(
    r"""share | shares | shared | sharing | sharer | sharebar | sharedaddy | social | socials | sociallinks
      | socialshare | likely | addtoany | a2a | addthis | ya-share\d? | pluso | uptolike | ssba | heateor | repost"""
)
SUBSCRIBE = _named(
    r"""subscribe | subscription | subscriptions | subscriber | newsletter | newsletters | mailing | signup | sign-up
      | mailchimp | mc4wp | mailpoet | follow | followus | follow-us | join-us | donate | donation | push-?notice"""
)
COMMENTS = _named(
    r"""comment | comments | commentlist | comment-list | comments-area | respond | disqus | hypercomments | cackle
      | discussion | discussions | remark42 | vk-comments | reply"""
)
COOKIES = _named(
    r"""cookie | cookies | cookiebar | consent | gdpr | popup | pop-up | modal | overlay | paywall | toast | lightbox
      | preloader"""
)
NAVIGATION = _named(
    r"""nav | navbar | navigation | menu | submenu | breadcrumb | breadcrumbs | crumbs | pagination | pager | paging
      | pagenavi | toc | ez-toc | lwptoc | table-of-contents | skip-link | sitemap | search-form | searchform
      | back-to-top | scroll-top | scroll-up | totop | to-top | prev-next | post-navigation"""
)
UNSEEN = _named(r"screen-reader-text | screen-reader | visually-hidden | visuallyhidden | sr-only | print-only")

# Parts that lead to articles on the same theme, and those that lead to any others.
RELATED = _named(
    r"""related | relatedposts | related-posts | recommended | recommend | recommends | recommendation
      | recommendations | recirc | recirculation | similar | read-more | read-also | read-next | readmore | readalso
      | also | see-also | seealso | crosslinks? | yarpp | rp4wp | more-posts | more-articles | more-stories
      | interesting | other-articles | linked-articles | up-next | po-teme"""
)
OTHERS = _named(
    r"""popular | trending | latest | most-read | mostread | last-news | lastnews | more-news | other-news | other-posts
      | next-article | next-news | next-post | teasers | recent | recent-posts | news-feed | newsfeed | lenta | feed"""
)

# Parts that are furniture unless they hold much text of their own.
ADVERTISING = _named(
    r"""ad | ads | adv | adspot | a-rec | adblock | advert | adverts | advertisement | advertising | adsbygoogle
      | adsense | adfox | banner | banners | sponsor | sponsored | sponsors | promo | promotion | promobox | rtb
      | yandex-rtb | outbrain | taboola | mgid | relap | smi2 | infox | partner | partners | call-to-action | cta"""
)
SIDEBAR = _named(r"sidebar | side-bar | sidebars | rail | right-column | left-column | off-canvas | offcanvas")
WIDGET = re.compile(r"^widgets?(?:-|$)|(?<!elementor)-widgets?$")
DATA = _named(
    r"""byline | author | authors | author-box | authorbox | author-bio | bio | meta | entry-meta | post-meta
      | entry-footer | post-footer | article-footer | tags | tag-list | taglist | tagcloud | tag-links | cat-links
      | post-tags | keywords | rating | ratings | star-rating | votes | voting | views | counter | counters | postinfo
      | post-info
      | article-info | entry-info | news-info | actions | posted-on
      | pubdate | published | publish-date | post-date | entry-date | article-date | timestamp
      | reading-time | read-time | printable | print | copyright | edit-link | likes | reactions | feedback | misprint
      | date | datetime | time | orphus | typo | complain | report-error"""
)

# Parts that hold the lead, and those that hold the article.
LEAD = _named(
    r"""lead | lede | lid | leading | subtitle | sub-title | standfirst | excerpt | deck | dek | announce | anons
      | intro | introduction | summary | description | preamble | perex | subheadline | sub-headline | tldr"""
)

# Buttons, and what a page ends with.
BUTTON = _named("btn | button | buttons")
FOOTER = _named("footer | colophon | footbar")

# The text of an article, as many systems and sites call it.
CONTENT = re.compile(
    r"""^(?:[a-z]+-)?(?:entry|post|article|story|news|topic|material|single|page|full|publication|detail|td-post|blog|text)
      -?(?:content|contents|body|text|txt|detail|full|inner-text|story|detail-text|article|main-text|description)$
      | ^fullstory$ | ^articlebody$ | ^entry$ | ^longread$ | ^rich-text$ | ^text-content$""",
    re.VERBOSE,
)

# The first words of a box that is no part of the article: what readers wrote, who the author is, what else there is.
BOX_HEADING = re.compile(
    r"""(?:\d+\s)?(?:комментари(?:и|ев|й|я) | обсуждени[ея] | отзывы(?:\sчитателей)? | мнения\sчитателей | comments?
        | discussion | replies) (?:\s?[:(]?\s?\d+\s?\)?)? :?
      | (?:добавить|оставить|написать)\s(?:комментарий|отзыв) | leave\sa\s(?:reply|comment)
      | авторы? | (?:об|о\sнашем)\sавторе | автор\s(?:статьи|материала) | about\sthe\sauthor
      | содержание(?:\sстатьи)? | оглавление(?:\sстатьи)? | в\sэтой\sстатье | table\sof\scontents | contents
      | популярное | популярные\s(?:статьи|записи|новости|материалы) | (?:самое\s)?(?:читаемое|обсуждаемое|главное)
      | (?:последние|свежие|главные)\s(?:новости|записи|статьи|материалы)
      | главное\sза\s(?:день|неделю) | лента\sновостей
      | новости\s(?:партн[её]ров|сми2) | (?:most\s)?popular(?:\sposts)? | recent\sposts | trending | latest\snews
      | поделиться(?:\s.{1,30})? | поделитесь\s.{1,30} | рассказать\sдрузьям | share(?:\sthis(?:\s\w+)?)?
      | (?:метки|теги|тэги|рубрики|категории|tags|filed\sunder):?
      | оцените\s(?:статью|материал|запись)
      | реклама(?:\b.{0,100}\berid\b.{0,40})? | на\sправах\sрекламы | advertisement | sponsored""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands between a title and a text: when, how long to read, how often read.
PAGE_DATA = re.compile(
    r"""\d+\s(?:мин|минут[аы]?|min(?:utes?)?)\b\.?(?:\s(?:на\s)?(?:чтени[ея]|read(?:ing)?))?
      | (?:время\s(?:на\s)?чтени[ея]|reading\stime)\b.{0,20} | (?:просмотр(?:ов|ы)?|views):?\s[\d\s]+
      | [\d\s]+просмотр\w*
      | (?:опубликовано|обновлено|published|updated|posted\son)\b.{0,40}""",
    re.IGNORECASE | re.VERBOSE,
)
RELATED_HEADING = "Читайте также"
