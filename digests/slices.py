"""Slices of spans, many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digests.blocks import Span


def slices(spans: Sequence[Span], ranges: Sequence[tuple[int, int]]) -> Iterator[list[Span]]:
    """Yield the spans of each range of characters, styles and links kept.

    Ranges ascend and do not overlap; one pass over the spans serves them all, however many there are.
    """
    index, offset = 0, 0  # the span at hand and where it begins
    for start, end in ranges:
        piece: list[Span] = []
        while index < len(spans) and start < end:
            span = spans[index]
            after = offset + len(span.text)
            if after > start:
                text = span.text[max(start - offset, 0) : end - offset]
                piece.append(span if text == span.text else replace(span, text=text))
            if after >= end:
                break
            offset = after
            index += 1
        yield piece
