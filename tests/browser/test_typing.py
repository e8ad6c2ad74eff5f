"""What a client does to typed text, as properties: nothing is lost and every offset fits."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.async_api import Browser, Page

import sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PROGRAM = Path(sandbox.__file__).parent / "page" / "typing.js"
LIMIT = 40  # small enough for short texts to be cut many times
PATIENT = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

pieces = st.sampled_from(
    ["слово", " ", "\n", "\n\n", "**", "__", "~~", "||", "`", "```", "😀", "е\u0301", "[a](https://b.c)", "1"]
)
texts = st.lists(pieces, max_size=60).map("".join)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def typist(browser: Browser) -> AsyncIterator[Page]:
    """An empty page with the client's typing rules and nothing else."""
    page = await browser.new_page()
    program = PROGRAM.read_text()
    await page.add_script_tag(type="module", content=f"{program}\nwindow.typing = {{ parseMarkers, splitLong }};")
    await page.wait_for_function("() => window.typing")
    yield page
    await page.close()


@PATIENT
@given(text=texts)
async def test_cutting_loses_nothing_but_blank_messages(typist: Page, text: str) -> None:
    whole = {"type": "bold", "offset": 0, "length": utf16(text)}
    parts = await typist.evaluate(
        "([text, entities, limit]) => typing.splitLong({ text, entities }, limit)", [text, [whole], LIMIT]
    )
    assert "".join("".join(part["text"] for part in parts).split()) == "".join(text.split())
    for part in parts:
        assert 0 < utf16(part["text"]) <= LIMIT
        assert part["text"].strip()
        assert part["entities"] == [{"type": "bold", "offset": 0, "length": utf16(part["text"])}]


@PATIENT
@given(text=texts)
async def test_markers_only_take_themselves_away(typist: Page, text: str) -> None:
    parsed = await typist.evaluate("(text) => typing.parseMarkers(text)", text)
    assert without_markers(parsed["text"]) == without_markers(text)
    assert bool(parsed["text"].strip()) == bool(text.strip())
    for entity in parsed["entities"]:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= utf16(parsed["text"]) - entity["length"]


@pytest.mark.parametrize(
    "text",
    ["2 ** 3", "a**b**c", "**", "** x **", "__", "snake__case__name", "||", "`", "` `", "```\n```", "[a](b)", "* *"],
)
async def test_what_is_no_marker_stays_as_typed(typist: Page, text: str) -> None:
    assert await typist.evaluate("(text) => typing.parseMarkers(text)", text) == {"text": text, "entities": []}


def without_markers(text: str) -> str:
    """Leave only what no marker or address can be made of."""
    return "".join(sign for sign in text if sign not in "*_~|`[]()\n" and not sign.isascii())


def utf16(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le")) // 2
