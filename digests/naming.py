"""Words of a text that name someone or something, as far as capitals and quotation marks tell."""

import re

from digests.words import topical_stems

_CAPITAL = "[A-Z\u0410-\u042f\u0401]"
_QUOTE = '[\u00ab\u201e"]'
# A capital inside a sentence: after a word, a comma, a dash, not after a full stop, which may begin a new sentence; a
# word that a quotation begins with; capitals throughout.
_NAME = re.compile(
    rf"(?<=[\w,;:)\u2013\u2014-]\s){_QUOTE}?({_CAPITAL}[\w-]+)|(?<={_QUOTE})({_CAPITAL}[\w-]+)|\b({_CAPITAL}{{2,}})\b"
)


def named_stems(text: str) -> list[str]:
    """Return the stems of the words that name, as often as they do; a word that opens a sentence does not count."""
    names = ["".join(filter(None, found)) for found in _NAME.findall(text)]
    return topical_stems(" ".join(names))
