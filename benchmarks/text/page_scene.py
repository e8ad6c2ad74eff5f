"""A page in the making: the article, the words to put around it, and which of them were put."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from random import Random

from benchmarks.text import page_words as words

SITE = "https://vestnik.example"


@dataclass(slots=True)
class Scene:
    """What a template builds a page of. `furniture` are the lines that stand around the article, each once."""

    title: str
    body: str  # the article as HTML, without its title
    dice: Random
    furniture: list[str] = field(default_factory=list)
    _headlines: list[str] = field(default_factory=list)

    def say(self, text: str) -> str:
        """Put a line of furniture on the page; return it as HTML."""
        self.furniture.append(text)
        return escape(text)

    def one(self, pool: Sequence[str]) -> str:
        """Put one of some lines on the page."""
        return self.say(self.dice.choice(pool))

    def some(self, pool: Sequence[str], count: int) -> list[str]:
        """Put several of some lines on the page."""
        return [self.say(text) for text in self.dice.sample(list(pool), count)]

    def headlines(self, count: int) -> list[str]:
        """Return links to other articles, none of them twice on a page."""
        if not self._headlines:
            self._headlines = self.dice.sample(list(words.HEADLINES), len(words.HEADLINES))
        taken, self._headlines = self._headlines[:count], self._headlines[count:]
        number = self.dice.randrange(1000, 9000)
        return [f'<a href="/news/{number + n}.html">{self.say(text)}</a>' for n, text in enumerate(taken)]

    def links(self, pool: Sequence[str], count: int) -> list[str]:
        """Return some lines as links that lead nowhere in particular."""
        return [f'<a href="{SITE}/{n}">{text}</a>' for n, text in enumerate(self.some(pool, count))]

    def split(self, *, at: float) -> tuple[str, str]:
        """Return the article in two parts, divided between paragraphs at about a share of its length."""
        border = self.body.find("</p>\n", int(at * len(self.body)))
        if border < 0 or any(self._is_inside(tag, border) for tag in ("li", "blockquote", "aside", "div", "details")):
            return self.body, ""
        return self.body[: border + 5], self.body[border + 5 :]

    def _is_inside(self, tag: str, border: int) -> bool:
        return self.body.count(f"<{tag}", 0, border) > self.body.count(f"</{tag}>", 0, border)


def items(lines: Sequence[str], tag: str = "li", names: str = "") -> str:
    """Return lines as HTML, each in an element."""
    opening = f'<{tag} class="{names}">' if names else f"<{tag}>"
    return "".join(f"{opening}{line}</{tag}>" for line in lines)


def comments(scene: Scene, *, text: str = "p", name: str = "b") -> str:
    """Return what readers wrote, a division each."""
    written = zip(scene.some(words.COMMENTERS, 3), scene.some(words.COMMENTS, 3), strict=True)
    reply = scene.say(words.REPLY[0])
    return "".join(f"<{name}>{who}</{name}><{text}>{said}</{text}><a href='#r'>{reply}</a>" for who, said in written)
