"""What people send, as the domain's blocks: the last place that sees Telegram's message types."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Chat, Document, Message, MessageEntity, MessageOriginChannel, MessageOriginChat
from aiohttp import ClientError

from digests.blocks import Block, Kind, Span, Style, merged, sliced
from digests.errors import EmptyText, FileTooLarge, FileUnavailable
from digests.origins import Origin
from digests.sources import documents, file, paste
from digests.sources.worker import Worker

log = logging.getLogger(__name__)

DOWNLOAD_TIMEOUT_S = 30
READING_TIMEOUT_S = 30.0
EMOJI_LIMIT = 12  # characters; families and flags are sequences of several

STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "strikethrough": Style.STRIKE,
    "spoiler": Style.SPOILER,
    "code": Style.CODE,
}
KINDS = {"blockquote": Kind.QUOTE, "expandable_blockquote": Kind.QUOTE, "pre": Kind.PREFORMATTED}


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text in one look."""

    kind: Kind
    region: int  # start of the quotation or preformatted piece that it belongs to; -1 for plain text
    span: Span


def blocks(message: Message) -> tuple[Block, ...]:
    """Return the text or caption of a message: a block for plain text, one for each quotation and preformatted piece.

    Blocks of plain text still hold the message's line breaks; digests.sources.paste makes paragraphs of them.
    """
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities or []
    result: list[Block] = []
    region: int | None = None
    for run in _runs(text, entities):
        if result and region == run.region:
            last = result[-1]
            result[-1] = Block(kind=last.kind, spans=merged([*last.spans, run.span]))
        else:
            result.append(Block(kind=run.kind, spans=(run.span,)))
            region = run.region
    return tuple(result)


def origin(message: Message) -> Origin | None:
    """Return where a forwarded message is from: a channel or a group, whose editors' corrections are kept for it."""
    sender = message.forward_origin
    if isinstance(sender, MessageOriginChannel):
        site = _site(sender.chat)
        has_page = sender.chat.username is not None
        return Origin(site=site, url=f"https://{site}/{sender.message_id}" if has_page else "")
    if isinstance(sender, MessageOriginChat):
        return Origin(site=_site(sender.sender_chat))
    return None


def _site(chat: Chat) -> str:
    return f"t.me/{chat.username.lower()}" if chat.username else f"t.me/c/{str(chat.id).removeprefix('-100')}"


def after_command(message: Message) -> tuple[Block, ...]:
    """Return the blocks of a message without the command at its head."""
    first, *rest = blocks(message) or (Block(spans=()),)
    length = len(first.text.split(maxsplit=1)[0]) if first.text.strip() else 0
    cut = sliced(first, length, len(first.text))
    head = (Block(kind=first.kind, spans=cut.spans),) if cut.text.strip() else ()
    return (*head, *rest)


async def document(bot: Bot, attached: Document, worker: Worker) -> tuple[Block, ...]:
    """Return what an attached file says; files with a layout of their own are read in another process.

    Raises FileTooLarge, NotText, UnsupportedFile, EmptyText, what `sources.documents` and `sources.worker` raise, or
    FileUnavailable if Telegram does not give it.
    """
    name, size = attached.file_name or "", attached.file_size or 0
    limit = file.limit_of(name)
    if size > limit:
        raise FileTooLarge(size, limit)
    if attached.file_size == 0:
        raise EmptyText
    buffer = BytesIO()
    try:
        await bot.download(attached, destination=buffer, timeout=DOWNLOAD_TIMEOUT_S)
    except (AiogramError, ClientError, TimeoutError) as error:
        log.warning("file not fetched: %s", type(error).__name__)
        raise FileUnavailable(name) from error
    if file.format_of(name) is file.Format.TEXT:
        return paste.from_text(file.text_of(name, buffer.getvalue()))
    return await worker.run(documents.blocks_of, name, buffer.getvalue(), timeout_s=READING_TIMEOUT_S)


def _runs(text: str, entities: Sequence[MessageEntity]) -> Iterator[_Run]:
    encoded = text.encode("utf-16-le")
    length = len(encoded) // 2
    borders = sorted({0, length, *(point for entity in entities for point in (entity.offset, _end(entity)))})
    for start, end in pairwise(borders):
        if not 0 <= start < end <= length:
            continue
        covering = [entity for entity in entities if entity.offset <= start and _end(entity) >= end]
        piece = encoded[2 * start : 2 * end].decode("utf-16-le", "replace")
        region = next((entity for entity in covering if entity.type in KINDS), None)
        styles = frozenset(STYLES[entity.type] for entity in covering if entity.type in STYLES)
        span = Span(text=piece, styles=styles, href=_href(covering, text))
        yield _Run(KINDS[region.type] if region else Kind.PARAGRAPH, region.offset if region else -1, span)


def _href(covering: Sequence[MessageEntity], text: str) -> str | None:
    for entity in covering:
        if entity.type == "text_link":
            return entity.url
        if entity.type == "url":
            address = entity.extract_from(text)
            return address if "://" in address else f"https://{address}"
    return None


def _end(entity: MessageEntity) -> int:
    return entity.offset + entity.length


def rubric_name(text: str) -> tuple[str, str]:
    """Return the emoji before a rubric's name, if any, and the name on one line."""
    words = text.split()
    if len(words) > 1 and not any(char.isalnum() for char in words[0]) and len(words[0]) <= EMOJI_LIMIT:
        return words[0], " ".join(words[1:])
    return "", " ".join(words)
