"""A story on the desk: which articles tell it, and which others might."""

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import ShowDraft
from bot.i18n import Translator
from bot.story_callbacks import CompareArticles, SayStory
from bot.views import lists
from bot.views.markup import bold, clipped, line
from bot.views.view import View, button
from digests.articles import Article, Headline
from digests.storage.stories import Telling

SHOWN = 8  # articles of the story
OFFERED = 4  # similar articles that might be of it
TITLE_UTF16 = 150
LABEL = 28  # characters of a title on a button


def plot(
    t: Translator, article: Article, found: tuple[Sequence[Telling], int], similar: Sequence[Headline], now: datetime
) -> View:
    """Return what tells an article's story and what might; `now` is the editor's."""
    tellings, total = found
    known = {one.id for one in tellings}
    offered = [one for one in similar if one.id not in known][:OFFERED]
    numbers = lists.numbers([CompareArticles(article=article.id, other=one.id) for one in tellings])
    parting = button(t.short("Another story"), SayStory(article=article.id, other=0, same=False))
    joining = [
        (
            button(
                t("The same: {title}", title=clipped(one.title, LABEL)),
                SayStory(article=article.id, other=one.id, same=True),
            ),
        )
        for one in offered
    ]
    back = button(t.short("◀ To the article"), ShowDraft(article=article.id))
    return View(
        text="\n\n".join(filter(None, [bold(line(article.title)), _told(t, tellings, total, now), _offer(t, offered)])),
        keyboard=(*numbers, *([(parting,)] if tellings else []), *joining, (back,)),
    )


def _told(t: Translator, tellings: Sequence[Telling], total: int, now: datetime) -> str:
    if not tellings:
        return t("No other article tells this story yet.")
    entries = [_entry(t, one, number, now) for number, one in enumerate(tellings, 1)]
    more = (
        [t.many("and {n} earlier one", "and {n} earlier ones", total - len(tellings))] if total > len(tellings) else []
    )
    explained = t(
        "A digest shows a story once. A number compares the two; “{label}” takes this article out for good.",
        label=t.short("Another story"),
    )
    return "\n".join([t("The same story is told by:"), *entries, *more, explained])


def _entry(t: Translator, one: Telling, number: int, now: datetime) -> str:
    moment = t("{date}, {time}", date=t.age(one.published_at, now), time=t.clock(one.published_at, now.tzinfo))
    facts = " · ".join(filter(None, [line(one.site), moment]))
    return f"{number}. {line(clipped(one.title, TITLE_UTF16))} — {facts}"


def _offer(t: Translator, offered: Sequence[Headline]) -> str:
    if not offered:
        return ""
    entries = [f"• {line(clipped(one.title, TITLE_UTF16))}" for one in offered]
    return "\n".join([t("Similar articles; press the one that tells the same story:"), *entries])
