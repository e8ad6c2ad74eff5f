"""Files: documents and photos up and down."""

import struct
import zlib

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile

from sandbox import Player, Sandbox
from tests.sandbox.conftest import Call


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


async def test_a_users_file_reaches_the_bot_byte_for_byte(sandbox: Sandbox, bot: Bot, anna: Player) -> None:
    data = bytes(range(256)) * 50
    people = sandbox.people
    message, delivery = people.send_file(anna.user, anna.chat, people.upload("Статья №1.txt", data), "вот")
    assert delivery is not None
    document = delivery.update["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Статья №1.txt",
        "text/plain",
        len(data),
    )
    assert message.render() == "[Статья №1.txt]\nвот"
    file = await bot.get_file(document["file_id"])
    received = await bot.download_file(file.file_path or "")
    assert received is not None
    assert received.read() == data


async def test_a_document_is_sent_and_sent_again_by_its_id(bot: Bot, anna: Player) -> None:
    sent = await bot.send_document(
        anna.id, BufferedInputFile("текст".encode(), "a.txt"), caption="<b>вот</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert sent.caption == "вот"
    again = await bot.send_document(anna.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_name == "a.txt"


async def test_a_photo_must_be_a_picture_of_sane_size(bot: Bot, anna: Player) -> None:
    sent = await bot.send_photo(anna.id, BufferedInputFile(png(640, 480), "a.png"))
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    for data, problem in {
        b"no picture": "IMAGE_PROCESS_FAILED",
        b"\xff\xd8": "IMAGE_PROCESS_FAILED",
        png(9000, 9000): "PHOTO_INVALID_DIMENSIONS",
        png(2000, 10): "PHOTO_INVALID_DIMENSIONS",
    }.items():
        with pytest.raises(TelegramBadRequest, match=problem):
            await bot.send_photo(anna.id, BufferedInputFile(data, "a.png"))
    with pytest.raises(TelegramBadRequest, match="failed to get HTTP URL content"):
        await bot.send_photo(anna.id, "https://example.com/a.png")
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo as Document"):
        await bot.send_document(anna.id, sent.photo[-1].file_id)


async def test_bad_files_are_refused(sandbox: Sandbox, bot: Bot, call: Call, anna: Player) -> None:
    assert (await call("sendDocument", chat_id=anna.id, document="nothing"))["description"] == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(anna.id, BufferedInputFile(b"", "a.txt"))
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_document(anna.id, BufferedInputFile(b"a", "a.txt"), caption="я" * 1025)
    large = sandbox.people.upload("a.bin", bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(large.file_id)
    assert (await call("getFile", file_id="x"))["description"] == "Bad Request: invalid file_id"


async def test_a_wrong_path_or_token_gives_no_file(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    file = sandbox.people.upload("a.txt", b"a")
    for path, status in {
        f"/file/bot1000:demo/{file.path}": 200,
        "/file/bot1000:demo/documents/other.txt": 404,
        f"/file/bot1000:other/{file.path}": 401,
    }.items():
        assert (await http.get(sandbox.url + path)).status == status
