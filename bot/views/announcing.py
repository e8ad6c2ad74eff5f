"""Before a broadcast: what is proposed, who will get it and who will not; and the lists around broadcasts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.broadcast_callbacks import AskSend, OnBroadcast, Proposal, ShowBroadcasts, ShowSendable
from bot.callbacks import DropQuestion
from bot.i18n import Translator
from bot.views.broadcasts import duration, glyph, state, title
from bot.views.markup import bold, clipped, line
from bot.views.view import View, button, rows
from digests.articles import Article
from digests.broadcasts import Progress, Reach
from digests.pricing import Price

PAGE = 8  # entries of a screen
NAME_LIMIT = 80  # characters of a name in a list or a question


def asking(t: Translator) -> View:
    """Asks for the message that is to be announced."""
    text = t(
        "Send what all readers are to get: a text, a picture, a video, a file — one message. They will get a copy of "
        "it, formatting included. You will see it first; nothing is sent before you confirm."
    )
    return View(text=text, keyboard=((button(t.short("Cancel"), DropQuestion()),),))


def no_album(t: Translator) -> View:
    """Says that an album is several messages."""
    text = t("An album is several messages, and an announcement is one. Send a single picture or video with a caption.")
    return View(text=text)


def not_copyable(t: Translator) -> View:
    """Says that Telegram does not copy messages of this kind."""
    return View(text=t("Telegram does not let this kind of message be copied. Send a text, a picture or a file."))


def confirm(t: Translator, name: str, reach: Reach, rate: float, *, article: int = 0, message: int = 0) -> View:
    """Asks whether to send: to how many, who will not get it and why, how long it takes."""
    question = t("Send “{title}”?", title=bold(line(clipped(name, NAME_LIMIT)))) if name else t("Send this message?")
    lines = ["📣 " + question, t("Readers: {n}", n=t.number(reach.readers))]
    if left_out := _left_out(t, reach):
        lines.append(t("will not get it: {reasons}", reasons=", ".join(left_out)))
    keyboard = [button(t.short("Cancel"), _proposed("drop", article, message))]
    if reach.readers:
        span = duration(t, timedelta(seconds=max(1.0, reach.readers / rate)))
        lines.append(t("It takes about {time} at {n} messages a second.", time=span, n=t.number(round(rate))))
        lines.append(t("There is no repeating it: everybody gets it once."))
        keyboard.insert(0, button(t.short("Send"), _proposed("send", article, message)))
    else:
        lines.append(t("There is nobody to send it to."))
    if article:
        lines.append(t("The next digest will have the article too, as all that is new."))
    keyboard.insert(-1, button(t.short("Test on me"), _proposed("test", article, message)))
    return View(text="\n".join(lines), keyboard=(tuple(keyboard),))


def priced(t: Translator, question: View, price: Price | None, *, article: int = 0, message: int = 0) -> View:
    """Add to a question what it costs to send faster, and the button that agrees to that; nothing without a price."""
    if price is None:
        return question
    words = t(
        "⭐ Faster for Telegram Stars: about {time}, {stars} at most, from the bot's balance.",
        time=duration(t, price.duration),
        stars=t.many("{n} Star", "{n} Stars", price.stars),
    )
    pay = button(t.short("Send for ⭐ {n}", n=t.number(price.stars)), _proposed("paid", article, message))
    return View(text=f"{question.text}\n{words}", keyboard=(*question.keyboard, (pay,)))


def dropped(t: Translator) -> View:
    """Says that nothing was sent."""
    return View(text=t("Cancelled: nothing was sent."))


def sendable(t: Translator, found: Sequence[Article], *, page: int, total: int) -> View:
    """Published articles, newest first, for one to be sent now."""
    if not found:
        return View(text=t("Nothing is published yet. /add begins an article."))
    first = page * PAGE + 1
    lines = [bold(t("Which article is to be sent at once?"))]
    lines += [f"{number}. {line(clipped(one.title, NAME_LIMIT))}" for number, one in enumerate(found, first)]
    numbers = [button(str(number), AskSend(article=one.id)) for number, one in enumerate(found, first)]
    walk = tuple(button(label, ShowSendable(page=target)) for label, target in _neighbours(page, total))
    return View(text="\n".join(lines), keyboard=tuple(row for row in (*rows(numbers, 4), walk) if row))


def broadcasts(
    t: Translator, found: Sequence[Progress], now: datetime, *, digests: bool, page: int, total: int
) -> View:
    """The announcements or the digests, newest first, each with where it is; `now` is local."""
    first = page * PAGE + 1
    heading = t("Digests sent") if digests else t("Announcements")
    lines = [bold(heading), *(_entry(t, number, one, now) for number, one in enumerate(found, first))]
    if not found:
        lines.append(t("None yet.") if digests else t("None yet. /announce begins one, /send sends an article."))
    numbers = [
        button(str(number), OnBroadcast(broadcast=one.id, how="show")) for number, one in enumerate(found, first)
    ]
    walk = tuple(
        button(label, ShowBroadcasts(digests=digests, page=target)) for label, target in _neighbours(page, total)
    )
    other = t.short("Announcements") if digests else t.short("Digests")
    switch = (button(other, ShowBroadcasts(digests=not digests)),)
    return View(text="\n".join(lines), keyboard=tuple(row for row in (*rows(numbers, 4), walk, switch) if row))


def _entry(t: Translator, number: int, progress: Progress, now: datetime) -> str:
    name = line(clipped(title(t, progress, now), NAME_LIMIT))
    share = t("{done} of {total}", done=t.number(progress.delivered), total=t.number(progress.total))
    unknown = progress.counts.get("unknown", 0)
    unclear = " · " + t("unclear {n}", n=t.number(unknown)) if unknown else ""
    return f"{number}. {glyph(progress, now)} {name} — {state(t, progress, now)}, {share}{unclear}"


def _left_out(t: Translator, reach: Reach) -> list[str]:
    reasons = (
        (reach.paused, t("{n} on a pause", n=t.number(reach.paused))),
        (reach.stopped, t.many("{n} has unsubscribed", "{n} have unsubscribed", reach.stopped)),
        (reach.parked, t.many("{n} is unreachable", "{n} are unreachable", reach.parked)),
        (
            reach.other_rubrics,
            t.many("{n} does not read the rubric", "{n} do not read the rubric", reach.other_rubrics),
        ),
        (reach.served, t.many("{n} has it already", "{n} have it already", reach.served)),
    )
    return [words for count, words in reasons if count]


def _neighbours(page: int, total: int) -> list[tuple[str, int]]:
    last = max(0, (total - 1) // PAGE)
    return [(label, target) for label, target in (("◀", page - 1), ("▶", page + 1)) if 0 <= target <= last]


def _proposed(how: str, article: int, message: int) -> Proposal:
    return Proposal.model_validate({"how": how, "article": article, "message": message})
