"""What tells whether an article's text is still as it was left."""

from hashlib import sha256

from digests.articles import Article, Draft
from digests.blocks import Block


def fingerprint(article: Article | Draft) -> str:
    """Return what is equal for equal words in equal places: title, lead, headings, paragraphs, what was removed."""
    digest = sha256()
    for piece in (article.title, *_blocks(article.lead)):
        digest.update(_bytes(piece))
    for section in article.sections:
        for piece in ("\x1d", section.title, *_blocks(section.blocks)):
            digest.update(_bytes(piece))
    for removed in article.removed:
        for piece in ("\x1e", removed.block.text):
            digest.update(_bytes(piece))
    return digest.hexdigest()[:32]


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{block.kind.value}\x1f{block.text}" for block in blocks]


def _bytes(piece: str) -> bytes:
    return (piece + "\x00").encode("utf-8", "surrogatepass")
