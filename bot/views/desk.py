"""The editors' screens of one article: the paste under way, the draft's card, what was removed, where to file it."""

from collections.abc import Sequence

from bot.broadcast_callbacks import AskSend
from bot.callbacks import (
    AskCorrection,
    AskRubric,
    AskText,
    AskTitle,
    ChooseRelated,
    Discard,
    DropQuestion,
    FileUnder,
    FinishPaste,
    Publish,
    ShowArticles,
    ShowDraft,
    ShowDrafts,
    ShowRelatedChoice,
    ShowRemoved,
    ShowRubricChoice,
    ShowSection,
    Withdraw,
)
from bot.i18n import Translator
from bot.marking_callbacks import REMOVED
from bot.story_callbacks import ShowPlot
from bot.trails import DRAFT
from bot.views import comparing, marking
from bot.views.markup import bold, clipped, italic, line
from bot.views.view import Button, View, button, rows
from digests.articles import Article, ArticleState, Headline, RemovalReason, TitleOrigin
from digests.blocks import utf16_length
from digests.labelling import Noted
from digests.rubrics import Rubric
from digests.summaries import reading_minutes
from digests.twins import Twin

Found = tuple[Sequence[Twin], Noted]  # what came of comparing an article with others, and of cutting it

PIECE_LIMIT = 3000  # UTF-16 units of one removed piece that a screen shows
SCREEN_LIMIT = 3000  # UTF-16 units of removed pieces a screen shows
RUBRICS_A_SCREEN = 12
LABEL_LIMIT = 30  # characters of a title on a button


def collecting(t: Translator, article: Article) -> View:
    """The paste goes on: how much has come, and how to end it."""
    if not article.characters and not article.title:
        text = t(
            "Send the article: as text (in several messages if it is long), as a forwarded post, as a file (.txt, "
            ".html, .md, .docx) or as a link to its page. "
            "When all of it is here, press “Done” or send /done."
        )
    else:
        got = t.many("{n} character has come", "{n} characters have come", article.received)
        text = "\n".join(
            [bold(line(article.title)), got, t("Send the rest. When all of it is here, press “Done” or /done.")]
        )
    data = FinishPaste(article=article.id)
    return View(
        text=text,
        keyboard=(
            (button(t.short("Done"), data), button(t.short("Delete draft"), Discard(article=article.id, sure=False))),
        ),
    )


def card(t: Translator, article: Article, rubric: Rubric | None, related: int, found: Found) -> View:
    """A draft's or an article's card: what it consists of, what it repeats and what can be done with it."""
    lines = [_heading(t, article), *_facts(t, article, rubric, related), *_notes(t, article, found)]
    first, *rest = _card_keyboard(t, article, rubric)
    compare = rows(comparing.buttons(t, article, found[0]), 2)
    return View(text="\n".join(lines), keyboard=(first, *compare, *rest))


def _heading(t: Translator, article: Article) -> str:
    match article.state:
        case ArticleState.DRAFT:
            return "📝 " + t("Draft No. {id}", id=article.id)
        case ArticleState.PUBLISHED:
            return "✅ " + t("Article No. {id}, published", id=article.id)
        case ArticleState.WITHDRAWN:
            return "🚫 " + t("Article No. {id}, withdrawn", id=article.id)


def _facts(t: Translator, article: Article, rubric: Rubric | None, related: int) -> list[str]:
    filed = f"{rubric.emoji} {rubric.name}".strip() if rubric else t("not chosen yet")
    size = " · ".join(
        [
            t.many("{n} section", "{n} sections", len(article.sections)),
            t.many("{n} character", "{n} characters", article.characters),
            t.many("about {n} minute", "about {n} minutes", reading_minutes(article.characters)),
        ]
    )
    lines = [bold(line(article.title)), t("Rubric: {name}", name=line(filed)), size]
    if article.source_links or related:
        lines.append(t("Related articles: {n}", n=t.number(related)))
    return lines


def _notes(t: Translator, article: Article, found: Found) -> list[str]:
    twins, noted = found
    notes = [*comparing.notes(t, twins), *marking.notes(t, noted)]
    if article.title_origin is TitleOrigin.DERIVED:
        notes.append("⚠ " + t("The text has no title line, so its first words stand for one. Better give it a title."))
    if not article.sections and not article.lead:
        notes.append("⚠ " + t("There is nothing below the title yet."))
    if article.removed:
        names = [clipped(removed.block.text, 40) for removed in article.removed[:3]]
        extra = len(article.removed) - len(names)
        each = [t("“{text}”", text=line(name)) for name in names]
        quoted = ", ".join(each) if extra else t.listed(each)
        more = t.many(" and {n} more piece", " and {n} more pieces", extra) if extra else ""
        notes.append("✂ " + t("Removed from the text: {pieces}", pieces=quoted) + more)
    return ["", *notes] if notes else []


def _card_keyboard(t: Translator, article: Article, rubric: Rubric | None) -> tuple[tuple[Button, ...], ...]:
    key = article.id
    look = button(t.short("As readers see it"), ShowSection(edition=0, article=key, trail=DRAFT))
    label = t.short("Rubric") if rubric else t.short("Choose a rubric")
    change = [
        button(label, ShowRubricChoice(article=key)),
        button(t.short("Title"), AskTitle(article=key)),
        button(t.short("Text"), AskText(article=key)),
        button(t.short("Related articles"), ShowRelatedChoice(article=key)),
    ]
    change += marking.entry(t, article)
    if article.removed:
        change.append(button(t.short("Removed pieces"), ShowRemoved(article=key)))
    match article.state:
        case ArticleState.DRAFT:
            top = [button(t.short("Publish"), Publish(article=key, revision=article.revision))]
            last = [
                button(t.short("Delete draft"), Discard(article=key, sure=False)),
                button(t.short("All drafts"), ShowDrafts()),
            ]
        case ArticleState.PUBLISHED:
            top = [button(t.short("Send"), AskSend(article=key))]
            change.append(button(t.short("Story"), ShowPlot(article=key)))
            if article.published_at and article.updated_at > article.published_at:
                change.append(button(t.short("Tell of a mistake"), AskCorrection(article=key)))
            last = [
                button(t.short("Withdraw"), Withdraw(article=key, sure=False)),
                button(t.short("All articles"), ShowArticles()),
            ]
        case ArticleState.WITHDRAWN:
            return ((look,), (button(t.short("All articles"), ShowArticles()),))
    return tuple(tuple(row) for row in [top, [look], *rows(change, 2), last] if row)


def published(t: Translator, article: Article, rubric: Rubric | None, *, now: bool) -> View:
    """Tells that an article is out, and since when when a second tap asked again."""
    filed = line(rubric.name) if rubric else ""
    first = t("Published in “{rubric}”.", rubric=filed) if now else t("It was published already.")
    lines = ["✅ " + first, bold(line(article.title)), t("Readers of the rubric get it in their next digest.")]
    keyboard = (
        (button(t.short("As readers see it"), ShowSection(edition=0, article=article.id, trail=DRAFT)),),
        (button(t.short("Send"), AskSend(article=article.id)),),
        (button(t.short("Change"), ShowDraft(article=article.id)), button(t.short("All articles"), ShowArticles())),
    )
    return View(text="\n".join(lines), keyboard=keyboard)


def removed(t: Translator, article: Article, page: int) -> View:
    """Every piece that was taken out of the text, with why."""
    screens = _screens(t, article)
    number = min(max(page, 0), len(screens) - 1)
    parts = [bold(t("Removed from the text of No. {id}", id=article.id)), *screens[number]]
    walk = [
        button(label, ShowRemoved(article=article.id, page=target))
        for label, target in (("◀", number - 1), ("▶", number + 1))
        if 0 <= target < len(screens)
    ]
    restore = marking.entry(t, article, REMOVED)
    back = button(t.short("◀ To the draft"), ShowDraft(article=article.id))
    return View(text="\n\n".join(parts), keyboard=tuple(row for row in (tuple(walk), (*restore, back)) if row))


def _screens(t: Translator, article: Article) -> list[list[str]]:
    screens: list[list[str]] = [[]]
    length = 0
    reason: RemovalReason | None = None
    for item in article.removed:
        text = line(clipped(item.block.text, PIECE_LIMIT))
        if length + utf16_length(text) > SCREEN_LIMIT:
            screens.append([])
            length, reason = 0, None
        screens[-1].append(text if item.reason is reason else _reason(t, item.reason) + "\n" + text)
        length += utf16_length(screens[-1][-1])
        reason = item.reason
    if not article.removed:
        screens[0].append(t("Nothing was removed."))
    return screens


def _reason(t: Translator, reason: RemovalReason) -> str:
    match reason:
        case RemovalReason.FURNITURE:
            return italic(t("Page furniture"))
        case RemovalReason.RELATED:
            return italic(t("The source's related articles"))
        case RemovalReason.REPEATED:
            return italic(t("Repeated in the articles of this source"))
        case RemovalReason.EDITOR:
            return italic(t("Removed by an editor"))


def rubric_choice(t: Translator, article: Article, rubrics: Sequence[Rubric], page: int) -> View:
    """Where to file an article, with a way to make a new rubric."""
    last = max(0, (len(rubrics) - 1) // RUBRICS_A_SCREEN)
    number = min(max(page, 0), last)
    shown = rubrics[number * RUBRICS_A_SCREEN : (number + 1) * RUBRICS_A_SCREEN]
    choices = [
        button(
            f"{'✓ ' if rubric.id == article.rubric_id else ''}{rubric.emoji} {rubric.name}".replace("  ", " ").strip(),
            FileUnder(article=article.id, rubric=rubric.id),
        )
        for rubric in shown
    ]
    walk = [
        button(label, ShowRubricChoice(article=article.id, page=target))
        for label, target in (("◀", number - 1), ("▶", number + 1))
        if 0 <= target <= last
    ]
    foot = (
        button(t.short("New rubric"), AskRubric(article=article.id)),
        button(t.short("◀ To the draft"), ShowDraft(article=article.id)),
    )
    text = bold(line(article.title)) + "\n" + t("Which rubric does it belong to?")
    return View(text=text, keyboard=tuple(row for row in (*rows(choices, 2), tuple(walk), foot) if row))


def related_choice(t: Translator, article: Article, candidates: Sequence[tuple[Headline, bool]]) -> View:
    """Published articles that the editor can put at the head of the related list."""
    if candidates:
        text = t("Which articles come first under “Related articles”? Similar ones are added by themselves.")
    else:
        text = t("There is no published article yet that is like this one.")
    choices = [
        (
            button(
                ("✓ " if chosen else "") + clipped(headline.title, LABEL_LIMIT),
                ChooseRelated(article=article.id, target=headline.id, on=not chosen),
            ),
        )
        for headline, chosen in candidates
    ]
    listed = [f"{'✓' if chosen else '·'} {line(headline.title)}" for headline, chosen in candidates]
    back = (button(t.short("◀ To the draft"), ShowDraft(article=article.id)),)
    return View(text="\n".join([bold(line(article.title)), text, *listed]), keyboard=(*choices, back))


def sure_to_discard(t: Translator, article: Article) -> View:
    """Asks before a draft is deleted."""
    keyboard = (
        button(t.short("Yes, delete"), Discard(article=article.id, sure=True)),
        button(t.short("No, keep it"), ShowDraft(article=article.id)),
    )
    return View(text=t("Delete the draft “{title}” for good?", title=line(article.title)), keyboard=(keyboard,))


def sure_to_withdraw(t: Translator, article: Article) -> View:
    """Asks before a published article is withdrawn."""
    text = t(
        "Withdraw “{title}”? Readers who open it will see that it was withdrawn; new digests will not have it.",
        title=line(article.title),
    )
    keyboard = (
        button(t.short("Yes, withdraw"), Withdraw(article=article.id, sure=True)),
        button(t.short("No, keep it"), ShowDraft(article=article.id)),
    )
    return View(text=text, keyboard=(keyboard,))


def correction_taken(t: Translator, article: Article) -> View:
    """Tells that a correction will be announced."""
    text = t(
        "The correction will be at the head of the next digest of everyone who was sent {title} before it was "
        "corrected. The others see the new text and nothing else.",
        title=quoted(article.title),
    )
    return View(text=text, keyboard=((button(t.short("◀ To the article"), ShowDraft(article=article.id)),),))


def question(t: Translator, text: str) -> View:
    """A question whose answer is the editor's next message."""
    return View(text=text, keyboard=((button(t.short("Cancel"), DropQuestion()),),))


def quoted(title: str) -> str:
    """Return a title in bold, to stand within a sentence."""
    return bold(line(title))
