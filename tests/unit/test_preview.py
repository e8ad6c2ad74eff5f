"""`svodka preview` shows how a file of any kind would be cut."""

from pathlib import Path

import pytest

from bot.cli import main
from tests.documents import docx, para, run

PLAIN = (
    "Мост закроют\n\nВводка о мосте, который стоит на реке с прошлого века и давно просил ремонта.\n\nКак объехать?\n\n"
    "По соседней улице, пока её не закрыли тоже, потому что ремонт обещали и там, но только к следующей весне."
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PLAIN.encode("cp1251")),
        ("a.md", "# Мост закроют\n\nВводка о мосте.\n\n## Как объехать?\n\nПо соседней улице.".encode()),
        ("a.html", "<h1>Мост закроют</h1><p>Вводка о мосте.</p><h2>Как объехать?</h2><p>По соседней улице.".encode()),
        ("a.docx", docx(para(run("Мост закроют"), style="h1"), para(run("Вводка о мосте.")),
                        para(run("Как объехать?"), style="h2"), para(run("По соседней улице.")))),
    ],
)  # fmt: skip
def test_a_file_is_shown_in_its_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    main(["preview", str(path)])
    said = capsys.readouterr().out
    assert "TITLE\n  Мост закроют" in said
    assert "SECTION 1 of 1: Как объехать?\n  По соседней улице" in said


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")
    with pytest.raises(SystemExit, match="1"):
        main(["preview", str(path)])
    assert capsys.readouterr().err == "“a.docx” is no Word document, whatever its name says.\n"
