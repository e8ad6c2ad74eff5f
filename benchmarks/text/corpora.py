"""Reading the test texts: any folder with files of the names and formats that `data/README.md` describes."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CODE = re.compile("```.*?```", re.DOTALL)
_ENTITY_LIMIT, _GAIN = 40, 6.0  # an entity in more texts tells nothing; shared rarity from which two texts are related
_STORY_SIZES = range(2, 11)  # larger clusters are loose

# Any: the shape is JSON's own.
Line = dict[str, Any]
Gains = Mapping[int, float]


class Missing(Exception):
    """A file that a figure needs is not in the folder."""


@dataclass(frozen=True, slots=True)
class Document:
    """A title and a text that begins with its lead."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Documents and, for those that are queries, what is relevant to them; `groups` keeps stories together."""

    documents: Sequence[Document]
    gains: Mapping[int, Gains]
    groups: Mapping[int, str]


class Folder:
    """The test texts in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self, name: str) -> list[Line]:
        """Return the objects of a file. Raises Missing if there is none."""
        path = self._path / f"{name}.jsonl"
        if not path.is_file():
            raise Missing(f"no {path.name} in the folder")
        with path.open(encoding="utf-8") as file:
            found = [json.loads(line) for line in file if line.strip()]
        if not found:
            raise Missing(f"{path.name} is empty")
        return found

    def same_story(self) -> Retrieval:
        """Queries are the articles of stories of 2 to 10, relevant is the rest of the story."""
        lines = self.lines("tg_news_clusters")
        stories: dict[object, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            stories[line["cluster"]].append(number)
        several = {story: members for story, members in stories.items() if len(members) in _STORY_SIZES}
        gains = {
            one: {other: 1.0 for other in members if other != one} for members in several.values() for one in members
        }
        groups = {one: str(story) for story, members in several.items() for one in members}
        return Retrieval([_document(line) for line in lines], gains, groups)

    def pairs(self) -> Retrieval:
        """Queries are the texts with a partner of the same story, among the news of all files; one text counts once."""
        documents: dict[Document, int] = {}
        gains: dict[int, dict[int, float]] = defaultdict(dict)
        for line in self.lines("tg_pairs_human"):
            one, other = (documents.setdefault(half, len(documents)) for half in halves(line))
            if line["label"] == "OK" and one != other:
                gains[one][other] = gains[other][one] = 1.0
        for name in ("tg_news_clusters", "tg_categories_human", "nerel_wikinews", "rucoco_news"):
            for line in self.lines(name):
                documents.setdefault(_document(line), len(documents))
        groups = {one: str(min(one, *gain)) for one, gain in gains.items()}
        return Retrieval(list(documents), gains, groups)

    def editors(self) -> Retrieval:
        """Queries are the handbook's articles with links of their editors to others of the file."""
        lines = self.lines("doka_articles")
        place = {line["id"]: number for number, line in enumerate(lines)}
        gains = {
            number: {place[other]: 1.0 for other in line["related"] if other in place and other != line["id"]}
            for number, line in enumerate(lines)
        }
        documents = [Document(line["title"], handbook_text(line)) for line in lines]
        return _retrieval(documents, gains)

    def topical(self) -> Retrieval:
        """Texts are related by the rarity of the Wikidata entities that they share: sum of ln(N/df), over 6."""
        lines = [line for line in self.lines("nerel_wikinews") if line.get("wikinews")]
        frequency = Counter(entity for line in lines for entity in set(line["wikidata"]))
        rarity = {one: math.log(len(lines) / count) for one, count in frequency.items() if count <= _ENTITY_LIMIT}
        holders: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for entity in sorted(set(line["wikidata"]) & rarity.keys()):
                holders[entity].append(number)
        sums: dict[int, dict[int, float]] = {number: defaultdict(float) for number in range(len(lines))}
        for entity, holding in holders.items():
            for one in holding:
                for other in holding:
                    sums[one][other] += rarity[entity] * (one != other)
        gains = {
            one: {other: value / _GAIN for other, value in shared.items() if value >= _GAIN}
            for one, shared in sums.items()
        }
        return _retrieval([_document(line) for line in lines], gains)

    def headlines(self) -> Retrieval:
        """All distinct headlines; relevant are those that people called a paraphrase, strict or loose."""
        places: dict[str, int] = {}
        gains: dict[int, dict[int, float]] = defaultdict(dict)
        for line in self.lines("paraphraser_headlines"):
            one, other = (places.setdefault(line[key].strip(), len(places)) for key in ("text1", "text2"))
            if int(line["label"]) >= 0 and one != other:
                gains[one][other] = gains[other][one] = 1.0
        return _retrieval([Document(text, "") for text in places], gains)


def halves(line: Line) -> tuple[Document, Document]:
    """Return the two texts of a pair."""
    return Document(line["title1"], line["text1"]), Document(line["title2"], line["text2"])


def handbook_text(line: Line) -> str:
    """Return the text of a handbook's article, its code left out."""
    return f"{line['description']}\n{_CODE.sub('', line['markdown'])}"


def _document(line: Line) -> Document:
    return Document(line["title"], line["text"])


def _retrieval(documents: Sequence[Document], gains: Mapping[int, Gains]) -> Retrieval:
    asked = {one: gain for one, gain in gains.items() if gain}
    return Retrieval(documents, asked, {one: str(one) for one in asked})
