"""Correcting how a text was cut: the lists of lines, a tap on a line, the rules of a source."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot import marking_callbacks as to
from bot.filters import IsEditor
from bot.i18n import Translator
from bot.middlewares import TOASTS, Toast
from bot.show import show
from bot.views import marking as view
from bot.views import rules as rules_view
from digests.articles import ArticleId, UserId
from digests.errors import LineGone
from digests.labels import Label, told
from digests.newsroom import Newsroom
from digests.rules import RuleId
from digests.team import Team


def router() -> Router:
    """Return the router of corrections."""
    marking = Router(name="marking")
    marking.callback_query.filter(IsEditor())
    marking.callback_query.register(lines, to.ShowMarks.filter())
    marking.callback_query.register(one_line, to.ShowLine.filter(), flags=TOASTS)
    marking.callback_query.register(mark_line, to.MarkLine.filter(), flags=TOASTS)
    marking.callback_query.register(rules, to.ShowRules.filter())
    marking.callback_query.register(drop_rule, to.DropRule.filter(), flags=TOASTS)
    return marking


async def lines(query: CallbackQuery, callback_data: to.ShowMarks, t: Translator, newsroom: Newsroom) -> None:
    """A list of lines."""
    sheet = await newsroom.labelling.sheet(ArticleId(callback_data.article))
    await show(query, view.listed(t, sheet, callback_data.which, callback_data.page))


async def one_line(query: CallbackQuery, callback_data: to.ShowLine, t: Translator, newsroom: Newsroom) -> Toast:
    """A line with all that it may be."""
    sheet = await newsroom.labelling.sheet(ArticleId(callback_data.article))
    mark = told(sheet.marks, callback_data.line)
    if mark is None:
        raise LineGone
    return Toast("", view=view.line_screen(t, sheet, mark, callback_data.which, callback_data.page))


async def mark_line(query: CallbackQuery, callback_data: to.MarkLine, t: Translator, newsroom: Newsroom) -> Toast:
    """Let a line be something, and show the list again."""
    article, label = ArticleId(callback_data.article), Label(callback_data.label)
    learnt = await newsroom.labelling.correct(article, callback_data.line, label, UserId(query.from_user.id))
    sheet = await newsroom.labelling.sheet(article)
    text = view.corrected(t, sheet, callback_data.line, learnt)
    return Toast(text, view=view.listed(t, sheet, callback_data.which, callback_data.page))


async def rules(
    query: CallbackQuery, callback_data: to.ShowRules, t: Translator, newsroom: Newsroom, team: Team, now: datetime
) -> None:
    """What is remembered of a source."""
    found = await _found(newsroom, callback_data.article, callback_data.page)
    await show(query, rules_view.listed(t, found, dict(await team.editors()), now))


async def drop_rule(
    query: CallbackQuery, callback_data: to.DropRule, t: Translator, newsroom: Newsroom, team: Team, now: datetime
) -> Toast:
    """Forget a rule."""
    was_there = await newsroom.labelling.forget(ArticleId(callback_data.article), RuleId(callback_data.rule))
    text = t("The rule is forgotten.") if was_there else t("It was forgotten already.")
    found = await _found(newsroom, callback_data.article, callback_data.page)
    return Toast(text, view=rules_view.listed(t, found, dict(await team.editors()), now))


async def _found(newsroom: Newsroom, number: int, page: int) -> rules_view.Found:
    """Return a page of an article's rules, the last one if there are fewer now."""
    article, size = ArticleId(number), rules_view.PAGE
    source, found, total = await newsroom.labelling.rules(article, offset=page * size, limit=size)
    last = max(0, (total - 1) // size)
    if page > last:
        source, found, total = await newsroom.labelling.rules(article, offset=last * size, limit=size)
    return rules_view.Found(article, source, found, total, min(page, last))
