"""The commands in words, help, and the answers to what was not understood."""

from bot.callbacks import MakeDigest, ShowLatest, ShowSettings
from bot.i18n import Translator
from bot.search_callbacks import ShowFound
from bot.views.lists import Row
from bot.views.markup import bold, clipped, line
from bot.views.view import View, button
from digests.team import Role

UNKNOWN_SHOWN_UTF16 = 64
OFFERED_UTF16 = 30  # of a text, on a button


def reader_commands(t: Translator) -> dict[str, str]:
    """Return what each command of readers does."""
    return {
        "digest": t("a digest now"),
        "latest": t("the latest articles"),
        "search": t("find an article"),
        "archive": t("earlier digests and articles"),
        "saved": t("saved articles"),
        "rubrics": t("what to read"),
        "settings": t("time, zone, days, language"),
        "pause": t("take a break"),
        "stop": t("less often or not at all"),
        "why": t("why there is no digest today"),
        "privacy": t("what is kept about you"),
        "mydata": t("a copy of your data"),
        "forget": t("erase your data"),
        "help": t("how it all works"),
        "start": t("from the beginning"),
    }


def editor_commands(t: Translator) -> dict[str, str]:
    """Return what each command of editors does."""
    return {
        "add": t("add an article"),
        "done": t("the text is complete"),
        "drafts": t("drafts"),
        "articles": t("published articles"),
        "send": t("send an article now"),
        "announce": t("a message to all readers"),
        "broadcasts": t("what was sent, and how far it is"),
        "sources": t("feeds and sites that articles come from"),
    }


def commands(t: Translator, role: Role | None) -> dict[str, str]:
    """Return what each command does, for a role (None: a reader)."""
    found = reader_commands(t)
    if role is not None:
        found = editor_commands(t) | found
    if role is Role.OWNER:
        found["team"] = t("who may add articles")
    return found


def helping(t: Translator, role: Role | None, user: int) -> View:
    """Return the help for a role (None: a reader)."""
    blocks = [
        bold(t("How it works")),
        t(
            "Once a day, at your time, one message comes: the digest. The button “{read}” opens the first article, and "
            "then “{next}”, always in the same place, leads through everything.",
            read=t.short("Read ▶"),
            next=t.short("Next section ▶"),
        ),
        *(_for_editors(t) if role else ()),
        "\n".join(f"/{name} — {meaning}" for name, meaning in commands(t, role).items()),
        t("Your number in Telegram: {id}", id=user),
    ]
    return View(text="\n\n".join(blocks), keyboard=doors(t))


def _for_editors(t: Translator) -> tuple[str, ...]:
    return (
        bold(t("For editors")),
        t(
            "To add an article, send /add with the text in the same message. A long text: send /add alone, then the "
            "text in as many messages as it takes, then /done. A forwarded post, a file (.txt, .html, .md, .docx) or "
            "a link to a page becomes a draft at once."
        ),
        t(
            "You see a draft exactly as readers will; nothing is published before you press “{publish}”.",
            publish=t.short("Publish"),
        ),
    )


def unknown_command(t: Translator, command: str) -> View:
    """Return the answer to a command that does not exist."""
    text = t("There is no command {command}. All of them: /help", command=line(command[:UNKNOWN_SHOWN_UTF16]))
    return View(text=text, keyboard=doors(t))


def unknown_text(t: Translator, said: str, search: int, *, editor: bool) -> View:
    """Return the answer to a text that answers no question; `search` is the search for it (0: none is offered)."""
    if editor:
        text = t("This is not an article yet. To begin one, send /add, the text in one long message, or a link alone.")
    else:
        text = t("I do not hold conversations, but I have a digest. Everything I can do: /help")
    if not search:
        return View(text=text, keyboard=doors(t))
    offer = button(t.short("🔎 Search “{text}”", text=clipped(said, OFFERED_UTF16)), ShowFound(query=search))
    return View(text=text, keyboard=((offer,), *doors(t)))


def unknown_media(t: Translator, *, editor: bool) -> View:
    """Return the answer to pictures, voice messages, stickers and the like."""
    if editor:
        text = t(
            "I take articles as text, as forwarded posts, as files (.txt, .html, .md, .docx) or as links. How it "
            "works: /help"
        )
    else:
        text = t("I read only commands and buttons. Everything I can do: /help")
    return View(text=text, keyboard=doors(t))


def only_private(t: Translator) -> View:
    """Return the answer in a group or a channel."""
    return View(text=t("I send digests in private chats. Write to me directly, please."))


def doors(t: Translator) -> tuple[Row, ...]:
    """Return the way to everything a reader may want."""
    return (
        (button(t.short("Fresh digest"), MakeDigest()), button(t.short("Latest articles"), ShowLatest())),
        (button(t.short("Settings"), ShowSettings()),),
    )
