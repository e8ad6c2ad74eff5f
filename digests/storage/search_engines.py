"""Where the two engines of full-text search differ: FTS5 on SQLite, `tsvector` on PostgreSQL.

Both get our stems as they are and answer yes or no; neither ranks.
"""

from collections.abc import Iterable

from digests.entries import MARK, Entry
from digests.rubrics import RubricId
from digests.wanted import Part, Wanted

_TITLE = "="  # before a stem of the title, in a vector
_TITLED = "\u00a7"  # the same for FTS5, which takes signs of ASCII for spaces; no stem has it
_RUBRIC = "#"
_LONG = "#long"
_GAP = 1  # between the parts of an article

_FTS5 = """
    select * from (
        select search_index.rowid from search_index {join}
        where search_index match :{match} and search_index.rowid >= :low {dated}
        order by search_index.rowid desc limit :most
    ) as {match}_found
"""
_JOIN = "join search_articles dated on dated.article_id = search_index.rowid"
_DATED = "and dated.published_at >= :since and dated.published_at < :until"
# The migration that makes the function says why it is one.
_FUNCTION = """
    select * from search_newest(
        cast(:{match} as text), cast(:low as bigint), cast({since} as bigint), cast({until} as bigint),
        cast(:most as bigint)
    )
"""


def newest(dialect: str, match: str, *, dated: bool) -> str:
    """Return the query for the ids of the `:most` newest articles from `:low` on that answer to the parameter `match`.

    With `dated` they must have been published from `:since` on and before `:until`.
    """
    if dialect == "sqlite":
        return _FTS5.format(match=match, join=_JOIN if dated else "", dated=_DATED if dated else "")
    return _FUNCTION.format(match=match, since=":since" if dated else "null", until=":until" if dated else "null")


def matching(dialect: str, wanted: Wanted, *, in_title: bool) -> str:
    """Return what the engine is to match; with `in_title` the words must be in the title."""
    return (_fts5 if dialect == "sqlite" else _tsquery)(wanted, in_title)


def vector(entry: Entry, rubric: RubricId | None) -> str:
    """Return an entry as PostgreSQL spells a vector: stems with their positions, those of the title marked again."""
    places: dict[str, list[int]] = {}
    position = 0
    for text in (entry.title, entry.lead, entry.body):
        for stem in text.split():
            position += 1
            if stem != MARK:
                places.setdefault(stem, []).append(position)
        position += _GAP
    if entry.is_long:
        spelled = [_quoted(stem) for stem in places] + [_quoted(_LONG)]
    else:
        spelled = [f"{_quoted(stem)}:{','.join(map(str, found))}" for stem, found in places.items()]
    marked = [_quoted(_TITLE + stem) for stem in sorted(_titled(entry))]
    return " ".join([*spelled, *marked, _quoted(f"{_RUBRIC}{rubric}")])


def filed(entry: Entry, rubric: RubricId | None) -> str:
    """Return the rubric and the stems of the title as words of their own for FTS5.

    A title's words are looked for among them: in its column FTS5 would look at every article that has them anywhere.
    """
    return " ".join([str(rubric), *(_TITLED + stem for stem in sorted(_titled(entry)))])


def _titled(entry: Entry) -> set[str]:
    return set(entry.title.split()) - {MARK}


def _fts5(wanted: Wanted, in_title: bool) -> str:
    anywhere, marked = "{title lead body} : ", "{filed} : "
    pieces = []
    if wanted.words:
        mark = _TITLED if in_title else ""
        choices = (_joined((_strings(word, mark) for word in choice), "AND") for choice in wanted.choices())
        pieces.append((marked if in_title else anywhere) + _joined(choices, "OR"))
    for phrase in wanted.phrases:
        pieces.append(anywhere + _strings(phrase))
        if in_title:
            spelled = ((_string(_TITLED + stem) for stem in spelling) for spelling in phrase.spellings)
            pieces.append(marked + _joined((_joined(stems, "AND") for stems in spelled), "OR"))
    if wanted.rubric is not None:
        pieces.append(marked + _string(str(wanted.rubric)))
    found = _joined(pieces, "AND")
    if not wanted.unwanted:
        return found
    return f"({found}) NOT ({anywhere}{_joined(map(_strings, wanted.unwanted), 'OR')})"


def _strings(part: Part, mark: str = "") -> str:
    return _joined([_string(mark + " ".join(spelling)) for spelling in part.spellings], "OR")


def _string(stems: str) -> str:
    return f'"{stems}"'


def _tsquery(wanted: Wanted, in_title: bool) -> str:
    mark = _TITLE if in_title else ""
    pieces = []
    if wanted.words:
        choices = (_joined([_apart(word, mark) for word in choice], "&") for choice in wanted.choices())
        pieces.append(_joined(choices, "|"))
    for phrase in wanted.phrases:
        # Long articles that have the words are looked at by ourselves (`storage.search`).
        pieces.append(f"({_side_by_side(phrase)} | ({_quoted(_LONG)} & {_apart(phrase)}))")
        if in_title:
            pieces.append(_apart(phrase, mark))
    if wanted.rubric is not None:
        pieces.append(_quoted(f"{_RUBRIC}{wanted.rubric}"))
    pieces += [f"!({_side_by_side(part)})" for part in wanted.unwanted]
    return _joined(pieces, "&")


def _apart(part: Part, mark: str = "") -> str:
    return _joined((_joined([_quoted(mark + stem) for stem in spelling], "&") for spelling in part.spellings), "|")


def _side_by_side(part: Part) -> str:
    return _joined(("(" + " <-> ".join(map(_quoted, spelling)) + ")" for spelling in part.spellings), "|")


def _quoted(stem: str) -> str:
    return f"'{stem}'"


def _joined(pieces: Iterable[str], operator: str) -> str:
    spelled = list(pieces)
    return spelled[0] if len(spelled) == 1 else "(" + f" {operator} ".join(spelled) + ")"
