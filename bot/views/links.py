"""The editors' screens around a link: a page being read, a page that is there already, a link amid an article."""

from bot.i18n import Translator
from bot.link_callbacks import OnLink, TakeAnew
from bot.views.markup import bold, line, link
from bot.views.view import View, button
from digests.articles import Article


def reading(t: Translator, site: str) -> View:
    """The page is being fetched and read."""
    return View(text=t("Reading the page of {site}…", site=line(site)))


def known(t: Translator, article: Article, card: View) -> View:
    """The page was taken before: its article's card, with a way to take it anew."""
    text = t("This page is here already: article {number}.", number=f"№{article.id}")
    again = (button(t.short("Read anew"), TakeAnew(article=article.id)),)
    return View(text=f"{text}\n\n{card.text}", keyboard=(*card.keyboard, again))


def one_at_a_time(t: Translator, count: int) -> View:
    """There are several links in a message."""
    return View(
        text=t.many(
            "Pages are read one at a time, and there is {n} link in the message. Send each in a message of its own.",
            "Pages are read one at a time, and there are {n} links in the message. Send each in a message of its own.",
            count,
        )
    )


def amid(t: Translator, article: Article, url: str, message: int) -> View:
    """An article is being collected and a link comes."""
    text = t(
        "The article {title} is being collected, and here is a link: {link}. Does it belong to the text, or is the "
        "page an article of its own?",
        title=bold(line(article.title)),
        link=link(line(url), url),
    )
    return View(
        text=text,
        keyboard=(
            (
                button(t.short("Into the text"), OnLink(how="text", message=message)),
                button(t.short("Read the page"), OnLink(how="page", message=message)),
            ),
        ),
    )


def too_late(t: Translator) -> View:
    """The article that the link was to belong to is complete."""
    return View(text=t("The article is complete already. To change it: /drafts, then the text as a whole."))
