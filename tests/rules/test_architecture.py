"""The house rules that a machine can check: who imports whom, how large things are, where Cyrillic lives."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "digests", "sandbox")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LANGUAGE_DATA = re.compile(r"words|language|russian")


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def roots(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imports(path)}


@pytest.mark.parametrize("path", modules("digests"), ids=name)
def test_the_domain_knows_no_telegram_no_timer_no_babel(path: Path) -> None:
    forbidden = {"aiogram", "aiohttp", "apscheduler", "babel", "pydantic", "pydantic_settings", "bot", "sandbox"}
    allowed = {"aiohttp"} if path.parent.name == "fetching" else set()  # docs/decisions/0011
    assert not roots(path) & (forbidden - allowed)


PURE = ("blocks", "articles", "rubrics", "readers", "editions", "errors", "sections", "pages", "words", "summaries",
        "related", "composing", "schedule", "zones")  # fmt: skip


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_reach_for_no_storage_and_no_event_loop(module: str) -> None:
    path = ROOT / "digests" / f"{module}.py"
    assert not roots(path) & {"sqlalchemy", "aiosqlite", "asyncpg", "asyncio"}
    assert not [found for found in imports(path) if found.startswith("digests.storage")]


@pytest.mark.parametrize("path", modules("digests/storage"), ids=name)
def test_storage_knows_no_service(path: Path) -> None:
    services = {"newsroom", "library", "subscriptions", "delivery", "planning", "press", "team", "questions"}
    assert not {module.removeprefix("digests.") for module in imports(path)} & services


@pytest.mark.parametrize("path", modules("sandbox"), ids=name)
def test_the_local_telegram_knows_nothing_of_the_product(path: Path) -> None:
    foreign = {module for module in imports(path) if module.split(".")[0] in ("bot", "digests", "aiogram")}
    assert foreign <= {"digests.clock"}


@pytest.mark.parametrize("path", modules("bot/views"), ids=name)
def test_views_are_pure(path: Path) -> None:
    assert not roots(path) & {"sqlalchemy", "asyncio", "aiohttp"}
    assert not [found for found in imports(path) if found in ("aiogram", "aiogram.types") and path.stem != "keyboards"]


@pytest.mark.parametrize("path", modules("bot/routers"), ids=name)
def test_handlers_hold_no_sql_and_no_markup(path: Path) -> None:
    assert not roots(path) & {"sqlalchemy"}
    assert not [found for found in imports(path) if found.startswith("digests.storage")]
    assert not re.search(r"</?(b|i|a|blockquote|code)\b[^>]*>", path.read_text("utf-8"))


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name)
def test_modules_stay_small_and_say_what_they_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module's first line says what it owns"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name)
def test_functions_stay_short(path: Path) -> None:
    long = [node.name for node in functions(path) if (node.end_lineno or 0) - node.lineno + 1 > 50]
    assert not long


def routes(path: Path) -> Iterator[ast.AsyncFunctionDef]:
    for node in functions(path):
        if isinstance(node, ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", modules("bot/routers"), ids=name)
def test_handlers_stay_thin(path: Path) -> None:
    thick = {node.name: (node.end_lineno or 0) - node.body[0].lineno + 1 for node in routes(path)}
    assert not {name: lines for name, lines in thick.items() if lines > 15}


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name)
def test_texts_live_in_the_catalogues_not_in_code(path: Path) -> None:
    if LANGUAGE_DATA.search(path.stem):
        return
    lines = [line for line in path.read_text("utf-8").splitlines() if CYRILLIC.search(line)]
    assert not [line for line in lines if "«" not in line or not line.strip().startswith(("#", '"""'))]


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name)
def test_time_comes_from_the_clock(path: Path) -> None:
    if name(path) == "digests/clock.py":
        return
    text = path.read_text("utf-8")
    assert not re.search(r"datetime\.now\(|datetime\.utcnow\(|time\.time\(|date\.today\(", text)
