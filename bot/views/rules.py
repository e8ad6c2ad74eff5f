"""The screen of a source's rules: what editors said of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Translator
from bot.marking_callbacks import DropRule, ShowMarks, ShowRules
from bot.views.marking_words import now as label_words
from bot.views.marking_words import site_name
from bot.views.markup import bold, clipped, line
from bot.views.view import View, button, rows
from digests.articles import ArticleId, UserId
from digests.rules import Rule, Source

PAGE = 8
SAMPLE_UTF16 = 120


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the rules of an article's source, and how many there are."""

    article: ArticleId
    source: Source
    rules: Sequence[Rule]
    total: int
    page: int


def listed(t: Translator, found: Found, names: Mapping[UserId, str], now: datetime) -> View:
    """What is remembered of the source of an article, newest first; `names` are those of the editors."""
    article, source, page = found.article, found.source, found.page
    last = max(0, (found.total - 1) // PAGE)
    name = t("Rules of {site}", site=site_name(t, source.site)) if source.site else t("Rules of what you paste")
    first = page * PAGE + 1
    if found.rules:
        how = t("Lines like these are marked so in new articles. A tap on a number forgets the rule.")
    else:
        how = t("No rules yet: a correction under “Markup” makes one.")
    numbered = list(enumerate(found.rules, first))
    lines = [f"{bold(name)}\n{how}", *(_rule(t, n, rule, names, now) for n, rule in numbered)]
    numbers = [button(f"✕ {n}", DropRule(article=article, rule=rule.id, page=page)) for n, rule in numbered]
    walk = tuple(
        button(label, ShowRules(article=article, page=target))
        for label, target in (("◀", page - 1), ("▶", page + 1))
        if 0 <= target <= last
    )
    back = (button(t.short("◀ To the lines"), ShowMarks(article=article)),)
    return View(text="\n\n".join(lines), keyboard=tuple(row for row in (*rows(numbers, 4), walk, back) if row))


def _rule(t: Translator, number: int, rule: Rule, names: Mapping[UserId, str], now: datetime) -> str:
    sample = t("“{text}”", text=line(clipped(rule.sample, SAMPLE_UTF16)))
    facts = [
        t.age(rule.made_at, now),
        line(names.get(rule.made_by, "")),
        t.many("in {n} article since", "in {n} articles since", rule.uses),
    ]
    return f"{number}. {label_words(t, rule.label)}: {sample}\n" + ", ".join(fact for fact in facts if fact)
