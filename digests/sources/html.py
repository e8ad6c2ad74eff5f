"""HTML as blocks: what a fragment, or a page already reduced to its article, says and how it is laid out."""

from digests.blocks import Block


def blocks_of(html: str, base_url: str = "") -> tuple[Block, ...]:
    """Return the blocks of HTML, a paragraph, heading, quotation, list item, row of a table or piece of code each.

    Links are made absolute against `base_url`; those that no messenger opens become plain text. Scripts, hidden parts,
    forms' fields and embedded players are left out; everything else that a reader would see is there once, in order.
    Broken, unclosed and absurdly nested HTML is read as far as it can be. Lists get markers: bullets, or their numbers.
    """
    from digests.sources.html_blocks import placed  # lxml is for the process that reads, not for the bot's own
    from digests.sources.html_tree import base_of, parsed

    root = parsed(html)
    return () if root is None else tuple(one.block for one in placed(root, base_of(root, base_url)))
