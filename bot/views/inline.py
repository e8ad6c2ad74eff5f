"""Articles as other chats see them: an entry in the list of an inline query, and the message that it becomes."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.views.markup import bold, clipped, escaped, line, link
from digests.articles import Headline

TITLE_UTF16 = 120
DESCRIPTION_UTF16 = 150
SUMMARY_UTF16 = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: what the list shows, the message in HTML, and the link of the button below it."""

    key: str
    title: str
    description: str
    text: str
    label: str
    url: str


def entry(t: Translator, headline: Headline, said: str, url: str) -> Entry:
    """Return the entry of an article; `said` is the passage that shows why it was found."""
    title = clipped(headline.title, TITLE_UTF16)
    summary = clipped(headline.summary, SUMMARY_UTF16)
    blocks = [bold(line(headline.title)), line(summary), link(escaped(t("Read in the bot")), url)]
    return Entry(
        key=f"a{headline.id}",
        title=title,
        description=clipped(said or headline.summary, DESCRIPTION_UTF16),
        text="\n\n".join(filter(None, blocks)),
        label=t.short("Read ▶"),
        url=url,
    )
