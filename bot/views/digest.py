"""An edition's screens: its cover, a rubric's page, the contents and the end."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import assert_never

from bot import trails
from bot.callbacks import FinishReading, ShowContents, ShowCover, ShowLatest, ShowRubric, ShowSection
from bot.i18n import Translator
from bot.story_callbacks import ShowStory
from bot.views import lists
from bot.views.lists import Row
from bot.views.markup import bold, capitalised, clipped, escaped, italic, line
from bot.views.upcoming import upcoming
from bot.views.view import Button, View, button, rows
from digests.articles import Headline
from digests.editions import Correction, Delay, Edition, Late, RubricPart
from digests.readers import Reader
from digests.rubrics import Rubric
from digests.words import normalized_title

# These bound the cover: 7 sentences of 350 and 24 rubrics of 45 signs leave 4096 a margin of some 500.
STORIES = 7
SENTENCE_UTF16 = 350
CORRECTED_TITLE = 60  # characters
RUBRICS_NAMED = 24
RUBRIC_BUTTONS = 9  # the contents lead to the rest
LABEL = 18  # characters on a button; two such fit a row of a narrow phone
THIRD = 11  # characters on each of three buttons in a row
RUBRIC_PAGE = 6  # headlines with their briefs in a message
BRIEF_UTF16 = 350


def cover(t: Translator, edition: Edition, *, fresh: bool = True) -> View:
    """Return the head of an edition; `fresh` is False for one on demand that holds nothing of the last 24 hours."""
    greeting = bold(escaped(_greeting(t, edition)))
    corrections = [_correction(t, each) for each in edition.corrections]
    if not edition.articles:
        rest = t("There is nothing new besides.") if corrections else t("The articles of this edition were withdrawn.")
        text = "\n\n".join([greeting, *corrections, rest])
        return View(text=text, keyboard=((button(t.short("Latest articles"), ShowLatest()),),))
    blocks = [
        f"{greeting}\n{italic(_amount(t, edition))}",
        *corrections,
        _late(t, edition.late) if edition.late else "",
        "" if fresh else t("Nothing new in the last 24 hours. Here are the latest articles."),
        _stories(t, edition),
        _counts(t, edition.parts),
    ]
    first = ShowSection(edition=edition.id, article=edition.articles[0], trail=trails.COVER)
    keyboard = (
        (button(t.short("Read ▶"), first),),
        *_rubric_rows(edition),
        (button(t.short("Contents"), ShowContents(edition=edition.id)),),
    )
    return View(text="\n\n".join(filter(None, blocks)), keyboard=keyboard)


def rubric(t: Translator, edition: Edition, chosen: int, page: int = 0) -> View:
    """Return a page of a rubric's headlines; the contents when the edition has nothing in that rubric any more."""
    order = [part.rubric.id for part in edition.parts]
    if chosen not in order:
        return contents(t, edition)
    place = [int(number) for number in order].index(chosen)
    part = edition.parts[place]
    page = lists.clamped(page, len(part.headlines), RUBRIC_PAGE)
    start = page * RUBRIC_PAGE
    shown = part.headlines[start : start + RUBRIC_PAGE]
    position = t("rubric {number} of {total}", number=place + 1, total=len(order))
    head = f"{bold(line(named(part.rubric)))} · {position}"
    trail = trails.push("", trails.Rubric(part.rubric.id, page))
    targets = [ShowSection(edition=edition.id, article=headline.id, trail=trail) for headline in shown]
    keyboard = (
        *lists.numbers(targets, start + 1, RUBRIC_PAGE // 2),
        *_stories_of(t, edition, shown, start + 1, trail),
        _walk(t, edition, place, page),
        (to_cover(t, edition.id), button(t.short("Contents"), ShowContents(edition=edition.id))),
    )
    items = [_item(t, headline, number) for number, headline in enumerate(shown, start + 1)]
    return View(text="\n\n".join([head, *items]), keyboard=keyboard)


def contents(t: Translator, edition: Edition, page: int = 0) -> View:
    """Return a page of all headlines of an edition, under the names of their rubrics."""
    entries = [(part.rubric, headline) for part in edition.parts for headline in part.headlines]
    page = lists.clamped(page, len(entries), lists.PAGE)
    start = page * lists.PAGE
    shown = entries[start : start + lists.PAGE]
    heading = t("Contents")
    pieces = [f"{bold(heading)} · {t.weekday(edition.local_date)}"]
    before: Rubric | None = None
    for number, (of, headline) in enumerate(shown, start + 1):
        if of != before:
            pieces.append(f"\n{italic(line(named(of)))}")
        facts = " · ".join([lists.minutes(t, headline.minutes), *lists.plot(t, headline)])
        pieces.append(f"{number}. {lists.title(headline)} — {facts}")
        before = of
    trail = trails.push("", trails.Turned(trails.CONTENTS, page))
    targets = [ShowSection(edition=edition.id, article=headline.id, trail=trail) for _, headline in shown]
    pages = lists.pages_of(len(entries), lists.PAGE)
    keyboard = (
        *lists.numbers(targets, start + 1),
        *lists.turning(t, page, pages, lambda to: ShowContents(edition=edition.id, page=to)),
        (to_cover(t, edition.id),),
    )
    return View(text="\n".join(pieces), keyboard=keyboard)


def finish(t: Translator, edition: Edition, reader: Reader | None, now: datetime) -> View:
    """Return the end of an edition."""
    blocks = [
        bold(t("✔ All for today")),
        t("This is the end of the edition of {date}.", date=t.weekday(edition.local_date)),
        t("Earlier digests and articles wait in the archive: /archive"),
        upcoming(t, reader, now) if reader else "",
    ]
    keyboard = (
        (to_cover(t, edition.id), button(t.short("Contents"), ShowContents(edition=edition.id))),
        (button(t.short("Latest articles"), ShowLatest()),),
    )
    return View(text="\n\n".join(filter(None, blocks)), keyboard=keyboard)


def to_cover(t: Translator, edition: int) -> Button:
    """Return the button back to an edition's head."""
    return button(t.short("◀ To the edition"), ShowCover(edition=edition))


def named(rubric: Rubric) -> str:
    """Return a rubric's name with its emoji, when it has one."""
    return f"{rubric.emoji} {rubric.name}".strip()


def label(rubric: Rubric, tail: str = "", room: int = LABEL) -> str:
    """Return a rubric's name for a button of so many characters, shortened so that the tail stays."""
    left = room - len(tail) - (1 if tail else 0)
    return f"{clipped(named(rubric), left)} {tail}".strip()


def packed(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Return the buttons three a row when all are short, else two."""
    short = all(len(each.label) <= THIRD for each in buttons)
    return rows(list(buttons), 3 if short else 2)


def _greeting(t: Translator, edition: Edition) -> str:
    date = capitalised(t.weekday(edition.local_date))
    match edition.slot:
        case None:
            return t("Digest. {date}", date=date)
        case time(hour=hour) if hour in range(5, 12):
            return t("Good morning! {date}", date=date)
        case time(hour=hour) if hour in range(12, 17):
            return t("Good afternoon! {date}", date=date)
        case time(hour=hour) if hour in range(17, 24):
            return t("Good evening! {date}", date=date)
    return t("Good night! {date}", date=date)


def _amount(t: Translator, edition: Edition) -> str:
    return " · ".join(
        [
            t.many("{n} article", "{n} articles", len(edition.articles)),
            t.many("{n} rubric", "{n} rubrics", len(edition.parts)),
            t.many("about {n} minute", "about {n} minutes", edition.minutes),
        ]
    )


def _correction(t: Translator, what: Correction) -> str:
    heading = t("Correction to the edition of {date}", date=t.day(what.local_date, what.local_date))
    told = t("“{title}”: {text}", title=line(clipped(what.title, CORRECTED_TITLE)), text=line(what.text))
    done = t("The text you open is corrected already.")
    return f"{bold(heading)}\n{told}\n{italic(done)}"


def _late(t: Translator, late: Late) -> str:
    since, until = t.clock(late.since, late.since.tzinfo), t.clock(late.until, late.until.tzinfo)
    match late.delay:
        case Delay.DOWN:
            return t("Later than usual today: the bot was down from {since} to {until}.", since=since, until=until)
        case Delay.FLOOD:
            return t(
                "Later than usual today: Telegram took no messages from {since} to {until}.", since=since, until=until
            )
    assert_never(late.delay)


def _stories(t: Translator, edition: Edition) -> str:
    if not edition.stories:
        return ""
    room = STORIES - len(edition.corrections)  # each takes about as much as a story
    headlines = {headline.id: headline for part in edition.parts for headline in part.headlines}
    sentences = []
    for story in edition.stories[:room]:
        facts = ", ".join(lists.plot(t, headlines[story.article_id])) if story.article_id in headlines else ""
        sentence = f"• {line(clipped(story.sentence, SENTENCE_UTF16))}"
        sentences.append(f"{sentence} {italic(f'({facts})')}" if facts else sentence)
    return "\n".join([bold(t("Main stories")), *sentences])


def _counts(t: Translator, parts: Sequence[RubricPart]) -> str:
    counts = [f"{line(part.rubric.name)} — {t.number(len(part.headlines))}" for part in parts[:RUBRICS_NAMED]]
    if len(parts) > RUBRICS_NAMED:
        counts.append(t.many("{n} more rubric", "{n} more rubrics", len(parts) - RUBRICS_NAMED))
    return " · ".join(counts)


def _rubric_rows(edition: Edition) -> tuple[Row, ...]:
    return packed(
        [
            button(label(part.rubric, str(len(part.headlines))), ShowRubric(edition=edition.id, rubric=part.rubric.id))
            for part in edition.parts[:RUBRIC_BUTTONS]
        ]
    )


def _item(t: Translator, headline: Headline, number: int) -> str:
    head = f"{number}. {lists.title(headline)}"
    brief = headline.brief or headline.summary
    minutes = italic(" · ".join([lists.minutes(t, headline.minutes), *lists.plot(t, headline)]))
    if normalized_title(brief) == normalized_title(headline.title):
        return f"{head} {minutes}"
    return f"{head}\n{line(clipped(brief, BRIEF_UTF16))} {minutes}"


def _stories_of(t: Translator, edition: Edition, shown: Sequence[Headline], first: int, trail: str) -> tuple[Row, ...]:
    """Return the buttons that show what else was published on the stories of a page."""
    buttons = [
        button(
            t.short("{number}: {n} more", number=number, n=headline.others),
            ShowStory(edition=edition.id, article=headline.id, listed=True, trail=trail),
        )
        for number, headline in enumerate(shown, first)
        if headline.others
    ]
    return rows(buttons, RUBRIC_PAGE // 2)


def _walk(t: Translator, edition: Edition, place: int, page: int) -> Row:
    """Return the row that walks a rubric's pages, then the rubrics, then ends."""
    steps = [
        (part.rubric.id, number)
        for part in edition.parts
        for number in range(lists.pages_of(len(part.headlines), RUBRIC_PAGE))
    ]
    here = steps.index((edition.parts[place].rubric.id, page))
    row = []
    if here > 0:
        row.append(button(t.short("◀ Previous section"), _step(edition, steps[here - 1])))
    if here < len(steps) - 1:
        row.append(button(t.short("Next section ▶"), _step(edition, steps[here + 1])))
    else:
        row.append(button(t.short("✔ All for today"), FinishReading(edition=edition.id)))
    return tuple(row)


def _step(edition: Edition, step: tuple[int, int]) -> ShowRubric:
    rubric, page = step
    return ShowRubric(edition=edition.id, rubric=rubric, page=page)
