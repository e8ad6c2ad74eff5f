"""sendDocument, sendPhoto and getFile."""

import struct
from collections.abc import Mapping

from sandbox.api import Api, Play
from sandbox.chats import StoredFile
from sandbox.errors import ApiError, bad_request
from sandbox.methods.edits import read_caption
from sandbox.methods.sending import admit, check_markup, open_chat, post
from sandbox.wire import Json, Upload

PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
WIDTH_AND_HEIGHT = 10_000
RATIO = 20


def send_document(api: Api, params: Json) -> Json:
    """Play sendDocument."""
    return send_file(api, params, "document")


def send_photo(api: Api, params: Json) -> Json:
    """Play sendPhoto."""
    return send_file(api, params, "photo")


def send_file(api: Api, params: Json, kind: str) -> Json:
    """Post a message with a file, uploaded or known by its id."""
    caption = read_caption(params)
    markup = api.keyboards.read(params.get("reply_markup"))
    chat = open_chat(api, params["chat_id"])
    check_markup(chat, markup)
    file = known_file(api, params[kind], kind)
    admit(api, chat, params, "photos" if kind == "photo" else "documents")
    if isinstance(file, Upload):
        file = stored(api, file, kind)
    message = post(api, chat, caption, markup, params)
    message.file = file
    return api.telegram.post(message).shape()


def known_file(api: Api, given: Upload | str, kind: str) -> StoredFile | Upload:
    """Return the file of a parameter; raises ApiError when it is empty, unknown or elsewhere."""
    if isinstance(given, Upload):
        if not given.data:
            raise bad_request("file must be non-empty")
        if kind == "photo" and len(given.data) > PHOTO_BYTES:
            raise bad_request("file is too big for a photo")
        return given
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = api.telegram.files.get(given)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if (kind == "photo") != (file.picture is not None):
        raise bad_request(f"can't use file of type {'Photo' if file.picture else 'Document'} as {kind.title()}")
    return file


def stored(api: Api, upload: Upload, kind: str) -> StoredFile:
    """Keep an uploaded file; raises ApiError when a photo is no picture."""
    if kind == "document":
        return api.telegram.store_file(upload.name, upload.mime, upload.data)
    size = picture_size(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > WIDTH_AND_HEIGHT or max(size) > RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return api.telegram.store_file(upload.name, upload.mime, upload.data, size)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG picture, None for anything else."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
        elif data[:6] in (b"GIF87a", b"GIF89a"):
            width, height = struct.unpack("<HH", data[6:10])
        elif data.startswith(b"\xff\xd8"):
            width, height = jpeg_size(data)
        else:
            return None
    except (struct.error, IndexError):
        return None
    return (width, height) if width and height else None


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG; raises IndexError or struct.error when it has no frame header."""
    position = 2
    while data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
    raise IndexError


def get_file(api: Api, params: Json) -> Json:
    """Play getFile."""
    file = api.telegram.files.get(params["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > DOWNLOAD_BYTES:
        raise ApiError(400, "Bad Request: file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


METHODS: Mapping[str, Play] = {
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "getFile": get_file,
}
