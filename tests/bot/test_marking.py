"""The editor sees how a text was cut, corrects it with one tap, and the source's next articles are cut so."""

from tests.bot.conftest import World

PROSE = "Опоры моста просели на пять сантиметров, и ездить по нему стало опасно. Так решила комиссия в {}."
OTHER = "Четвёртый и семнадцатый автобусы пойдут по Речной улице, а трамвай остановят до марта, сказали в {}."
CALL = "Пишите нашему роботу про {} ямы"
TAIL = "Читайте также:\n\nКак строили мост на Садовой улице"


def article(month: str, call: str = CALL.format(3)) -> str:
    parts = (f"Мост на Садовой закроют: {month}", PROSE.format(month), call, OTHER.format(month), TAIL)
    return "\n\n".join(parts)


async def forward(world: World, month: str, call: str = CALL.format(3)) -> None:
    await world.editor.forward(article(month, call), origin="Вечерний город")


async def test_the_card_leads_to_the_lines_and_a_tap_corrects_one(world: World) -> None:
    await forward(world, "марте")
    assert "Сомнительно: 1" in world.editor.last.text
    await world.editor.tap("Разметка")
    assert CALL.format(3) in world.editor.last.text
    await world.editor.tap("3 ✓ верно")
    assert "Сомнительных строк нет." in world.editor.last.text
    await world.editor.tap("Убрано: 2")
    assert "Убрано: статья по теме" in world.editor.last.text
    assert "Левая кнопка сразу меняет свою строку" in world.editor.last.text

    toast = await world.editor.tap("6 → вернуть")
    assert toast is not None
    assert toast.text.startswith("Теперь это текст. Запомнено для этого канала")
    await world.editor.tap("Заголовки: 3")
    assert "Заголовок статьи" in world.editor.last.text
    assert "Текст · так сказал редактор" in world.editor.last.text
    await world.editor.tap("◀ К черновику")
    assert "«Читайте также:»" in world.editor.last.text
    assert "«Как строили мост" not in world.editor.last.text


async def test_what_an_editor_said_holds_for_the_next_post_of_the_channel(world: World) -> None:
    await forward(world, "марте", CALL.format(3))
    await world.editor.tap("Разметка")
    await world.editor.tap("Все строки")
    await world.editor.tap("3 …")
    await world.editor.tap("Убрать")
    await forward(world, "мае", CALL.format(12))
    assert CALL.format(12) in world.editor.last.text
    assert "По правилам этого канала" in world.editor.last.text

    await world.editor.tap("Разметка")
    await world.editor.tap("Правила")
    assert CALL.format(3) in world.editor.last.text
    assert "с тех пор в 1 статье" in world.editor.last.text
    toast = await world.editor.tap("✕ 1")
    assert toast is not None
    assert toast.text == "Правило удалено."
    await world.editor.tap("◀ К строкам")
    await world.editor.tap("◀ К черновику")
    assert CALL.format(12) not in world.editor.last.text


async def test_a_rule_outlives_a_restart(world: World) -> None:
    await forward(world, "марте")
    await world.editor.tap("Разметка")
    await world.editor.tap("Все строки")
    await world.editor.tap("3 …")
    await world.editor.tap("Убрать")
    await world.restart()
    await forward(world, "мае")
    assert "По правилам этого канала" in world.editor.last.text


async def test_the_same_tap_twice_and_a_tap_on_a_text_that_changed(world: World) -> None:
    await forward(world, "марте")
    await world.editor.tap("Разметка")
    await world.editor.tap("Убрано: 2")
    message, pressed = world.editor.find("6 → вернуть")
    assert pressed.data is not None
    await world.editor.tap_data(pressed.data, message.message_id)
    toast = await world.editor.tap_data(pressed.data, message.message_id)
    assert toast is not None
    assert toast.text == "Так уже и было."

    await world.editor.tap("◀ К черновику")
    await world.editor.tap("Текст")
    await world.editor.send("Тоннель откроют летом\n\n" + PROSE.format("июне"))
    toast = await world.editor.tap_data(pressed.data)
    assert toast is not None
    assert toast.text.startswith("Текст с тех пор изменился")


async def test_another_line_becomes_the_title(world: World) -> None:
    await world.editor.forward("Сводка за день\n\n" + article("марте"), origin="Вечерний город")
    await world.editor.tap("Разметка")
    await world.editor.tap("Все строки")
    await world.editor.tap("2 …")
    toast = await world.editor.tap("Это заголовок")
    assert toast is not None
    assert toast.text == "Теперь это заголовок статьи."
    await world.editor.tap("◀ К черновику")
    assert "Мост на Садовой закроют: марте" in world.editor.last.text


async def test_a_thousand_lines_are_paged(world: World) -> None:
    sections = [f"Раздел номер {n}\n\n{PROSE.format(n)} {OTHER.format(n)}" for n in range(300)]
    await world.editor.send_file("long.txt", ("Город за год\n\n" + "\n\n".join(sections)).encode())
    await world.editor.tap("Разметка")
    await world.editor.tap("Все строки")
    await world.editor.tap("»")
    assert "101/101" in world.editor.last.text
    assert "сказали в 299" in world.editor.last.text
    await world.editor.tap("◀")
    assert "100/101" in world.editor.last.text


async def test_somebody_who_is_no_editor_corrects_nothing(world: World) -> None:
    await forward(world, "марте")
    await world.editor.tap("Разметка")
    await world.editor.tap("Убрано: 2")
    _, pressed = world.editor.find("6 → вернуть")
    assert pressed.data is not None
    stranger = world.reader()
    await stranger.send("/start")
    await stranger.tap_data(pressed.data)
    await world.editor.tap("◀ К черновику")
    assert "Как строили мост" in world.editor.last.text
