"""What lines are taken for, and why, in words."""

from typing import assert_never

from bot.i18n import Translator
from bot.views.markup import line
from digests.labels import Basis, Doubt, Label, Mark

UNNAMED = "t.me/c/"


def site_name(t: Translator, site: str) -> str:
    """A source as sentences name it: a channel without a public name has only a number."""
    return t("this channel") if site.startswith(UNNAMED) else line(site)


def now(t: Translator, label: Label) -> str:
    """What a line is."""
    match label:
        case Label.TITLE:
            return "🏷 " + t("The article's title")
        case Label.HEADING:
            return "📌 " + t("Heading")
        case Label.TEXT:
            return "📄 " + t("Text")
        case Label.CAPTION:
            return "🖼 " + t("Caption")
        case Label.FURNITURE:
            return "✂ " + t("Removed")
        case Label.RELATED:
            return "✂ " + t("Removed: a related article")
        case _:
            assert_never(label)


def said(t: Translator, label: Label, mark: Mark, *, is_short: bool = False) -> str:
    """The button that lets a line be something; the short one stands beside a number."""
    match label:
        case Label.TITLE:
            return t.short("It is the title")
        case Label.HEADING:
            return t.short("→ heading") if is_short else t.short("It is a heading")
        case Label.CAPTION:
            return t.short("It is a caption")
        case Label.TEXT if not mark.label.is_kept:
            return t.short("→ put back") if is_short else t.short("Put back as text")
        case Label.TEXT:
            return t.short("→ text") if is_short else t.short("It is text")
    return t.short("→ remove") if is_short else t.short("Remove")


def why(t: Translator, mark: Mark, site: str) -> str:
    """Why a line is what it is, if there is more to say than that it looks so."""
    match mark.basis:
        case Basis.EDITOR:
            return t("an editor said so")
        case Basis.RULE:
            return t("by the rules of {site}", site=site_name(t, site)) if site else t("by a rule of this source")
        case Basis.REPEATED:
            return t("repeated in the articles of this source")
        case Basis.LOOKS if mark.doubt:
            return _doubt(t, mark.doubt)
        case Basis.LOOKS:
            return t("page furniture") if mark.label is Label.FURNITURE else ""
        case _:
            assert_never(mark.basis)


def done(t: Translator, mark: Mark) -> str:
    """The answer to a tap: what the line is now."""
    match mark.label:
        case Label.TITLE:
            return t("This is the article's title now.")
        case Label.HEADING:
            return t("This is a heading now.")
        case Label.TEXT:
            return t("This is text now.")
        case Label.CAPTION:
            return t("This is a caption now.")
        case Label.FURNITURE | Label.RELATED:
            return t("Readers will not see this.")
        case _:
            assert_never(mark.label)


def _doubt(t: Translator, doubt: Doubt) -> str:
    match doubt:
        case Doubt.CLOSE:
            return t("doubtful: it may be a heading or not")
        case Doubt.UNMARKED:
            return t("doubtful: looks like a related article, but nothing announces it")
        case Doubt.PAGE_WORD:
            return t("doubtful: a button of the page or a heading")
        case Doubt.HEAD:
            return t("doubtful: a heading, a caption or the beginning of the text")
        case Doubt.FOOT:
            return t("doubtful: the end of the text or a line of the page")
        case Doubt.REPEATED:
            return t("doubtful: it stands in other articles of this source too")
        case _:
            assert_never(doubt)
