"""Formatted text: parsed by Telegram's own library, then held to Telegram's limits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

import tdjson

from sandbox.entities import Span, capped, checked, cleaned, ordered, trimmed, without_crossings
from sandbox.errors import bad_request
from sandbox.wire import Json, utf16_length

RAW_LIMIT_BYTES = 32768
TEXT_LIMIT_UTF16 = 4096
CAPTION_LIMIT_UTF16 = 1024

# Spaces of all widths and invisible marks, which Telegram does not count as text (tdlib, strip_empty_characters).
UNSEEN = frozenset(
    " \n\u00a0\u00ad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u200e\u200f\u202e\u202f\u205f\u2060\u2800\u3000\ufeff\ufffc"
)

MODES: dict[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
KINDS = {
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeCashtag": "cashtag",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
    "textEntityTypePhoneNumber": "phone_number",
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeDateTime": "date_time",
}
TYPED_BY_HAND = frozenset(KINDS.values()) - {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, as Telegram keeps it: the parsed text and its entities (shared, never changed)."""

    text: str
    entities: tuple[Json, ...] = ()
    names_users: bool = False


def execute(request: Json) -> Json:
    """Return tdlib's answer to a synchronous request."""
    answer = tdjson.td_execute(json.dumps(request, ensure_ascii=False).encode())
    result: Json = json.loads(answer or b"{}")
    return result


execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


@lru_cache(maxsize=1024)
def formatted(text: str, parse_mode: str = "", limit_utf16: int = TEXT_LIMIT_UTF16) -> Content:
    """Return the content of a text with markup; raises ApiError as Telegram refuses it."""
    return finished(*parsed(text, parse_mode), limit_utf16)


def parsed(text: str, parse_mode: str) -> tuple[str, list[Span]]:
    """Return the plain text and the spans of a text with markup; raises ApiError with tdlib's own words."""
    if len(text.encode()) > RAW_LIMIT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode in ("", "none"):
        return text, []
    if mode not in MODES:
        raise bad_request("unsupported parse_mode")
    answer = execute({"@type": "parseTextEntities", "text": text, "parse_mode": MODES[mode]})
    if answer["@type"] == "error":
        raise bad_request(answer["message"])
    return answer["text"], [span_of(entity) for entity in answer["entities"]]


def explicit(entities: Sequence[Json]) -> list[Span]:
    """Return the spans of a bot's own `entities`; those Telegram finds by itself and bad links are passed over."""
    spans = []
    for entity in entities:
        kind = entity["type"]
        if kind not in TYPED_BY_HAND:
            continue
        extra = {key: value for key, value in entity.items() if key not in ("type", "offset", "length")}
        if kind == "text_link":
            url = link(extra.get("url", ""))
            if url is None:
                continue
            extra = {"url": url}
        spans.append(Span(entity["offset"], entity["length"], kind, extra))
    return spans


def finished(text: str, spans: list[Span], limit_utf16: int = TEXT_LIMIT_UTF16) -> Content:
    """Return the content as Telegram would store it; raises ApiError when it is too long or blank."""
    spans = ordered(checked(text, spans, utf16_length(text))) if spans else spans
    text, spans = cleaned(text, spans)
    text, spans = trimmed(text, without_crossings(spans))
    if utf16_length(text) > limit_utf16:
        caption = limit_utf16 == CAPTION_LIMIT_UTF16
        raise bad_request("message caption is too long" if caption else "message is too long")
    spans = capped(spans)
    spans = without_crossings([*spans, *found_in(text, spans)])
    names_users = any(span.kind == "text_mention" for span in spans)
    return Content(text, tuple(span.shape() for span in spans), names_users)


def text_content(text: str, spans: list[Span]) -> Content:
    """Return the content of a message text; raises ApiError when nothing is left of it."""
    return non_empty(finished(text, spans))


def non_empty(content: Content) -> Content:
    """Return the content; raises ApiError when there is nothing to see in it."""
    if UNSEEN.issuperset(content.text):
        raise bad_request("text must be non-empty")
    return content


def found_in(text: str, spans: list[Span]) -> list[Span]:
    """Return what Telegram finds by itself (links, mentions, commands, tags) outside links and code."""
    if not text or text.isalpha():
        return []
    answer = execute({"@type": "getTextEntities", "text": text})
    found = [span_of(entity) for entity in answer["entities"] if entity["type"]["@type"] in KINDS]
    solid = [span for span in spans if span.kind not in BENDING]
    return [span for span in found if not any(s.offset < span.end and span.offset < s.end for s in solid)]


BENDING = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"})


def span_of(entity: Json) -> Span:
    """Return the span of tdlib's textEntity."""
    kind = entity["type"]
    name = KINDS[kind["@type"]]
    extra: Json = {}
    if name == "text_link":
        extra = {"url": kind["url"]}
    elif name == "text_mention":
        extra = {"user": {"id": kind["user_id"]}}
    elif name == "pre" and kind.get("language"):
        extra = {"language": kind["language"]}
    elif name == "custom_emoji":
        extra = {"custom_emoji_id": str(kind["custom_emoji_id"])}
    elif name == "date_time":
        extra = {"unix_time": kind["unix_time"], **date_format(kind.get("formatting_type"))}
    return Span(entity["offset"], entity["length"], name, extra)


def date_format(formatting: Json | None) -> Json:
    """Return the Bot API's letters for tdlib's description of how a date is shown."""
    if formatting is None:
        return {}
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return {"date_time_format": "r"}
    letters = "w" if formatting.get("show_day_of_week") else ""
    for key, letter in (("date_precision", "d"), ("time_precision", "t")):
        precision = formatting.get(key, {}).get("@type", "")
        if precision.endswith("Long"):
            letters += letter.upper()
        elif precision.endswith("Short"):
            letters += letter
    return {"date_time_format": letters}


@lru_cache(maxsize=4096)
def link(url: str) -> str | None:
    """Return the address as Telegram keeps it, or None when it refuses it; judged by tdlib's own parser."""
    markup = f'<a href="{escape(url)}">x</a>'
    answer = execute({"@type": "parseTextEntities", "text": markup, "parse_mode": MODES["html"]})
    for entity in answer.get("entities", ()):
        if entity["type"]["@type"] == "textEntityTypeTextUrl":
            return str(entity["type"]["url"])
        if entity["type"]["@type"] == "textEntityTypeMentionName":
            return url
    return None


def known_mentions(content: Content, users: dict[int, Json]) -> Content:
    """Return the content with mentions of known users filled in and the others gone, as Telegram does."""
    entities = []
    for entity in content.entities:
        if entity["type"] != "text_mention":
            entities.append(entity)
        elif entity["user"]["id"] in users:
            entities.append({**entity, "user": users[entity["user"]["id"]]})
    return replace(content, entities=tuple(entities))
