"""Whether a file holds a picture and nothing else: no place, no camera, no words, no preview, nothing behind its end.

A picture that has been taken in is like that, and is taken in elsewhere as it is: to store a JPEG or a WebP anew
takes a little from it each time. Of a file that is not read to its end here, nothing is believed.
"""

import struct
from collections.abc import Iterator

#: What a file consists of, by its first bytes and the parts that come after.
PNG, PNG_PARTS = b"\x89PNG\r\n\x1a\n", {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
WEBP_PARTS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
START, TABLES, END_OF_PICTURE = b"\xff\xd8", (0xC4, 0xDB, 0xDD), 0xD9
APP0, START_OF_SCAN, FRAMES = 0xE0, 0xDA, (0xC0, 0xC1, 0xC2)
JFIF_WITHOUT_PREVIEW = 14  # bytes
GREY, COLOURS = 1, 3
#: Within a scan, these follow on a byte that looks like the beginning of a part.
GOES_ON = (0x00, *range(0xD0, 0xD8))


class NotPlainError(Exception):
    """The file holds something else as well, or is put together in another way."""


def is_plain(data: bytes) -> bool:
    """Only for a picture that can be opened: whether the rest of it makes sense is not looked at."""
    try:
        if data.startswith(PNG):
            return set(parts_of_png(data)) <= PNG_PARTS
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            parts = list(parts_of_webp(data))
            return set(parts) <= WEBP_PARTS and len(set(parts)) == len(parts)
        return data.startswith(START) and all(is_plain_part(*part) for part in parts_of_jpeg(data))
    except (IndexError, struct.error, NotPlainError):
        return False


def parts_of_png(data: bytes) -> Iterator[bytes]:
    at, name = len(PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        yield name
        at += length + 12
    ends_at(data, at)


def parts_of_webp(data: bytes) -> Iterator[bytes]:
    at, end = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    while at < end:
        name, length = struct.unpack_from("<4sI", data, at)
        yield name
        at += 8 + length + length % 2
    ends_at(data, at)


def parts_of_jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the content of each part; the scans themselves are passed over."""
    at = len(START)
    while data[at + 1] != END_OF_PICTURE:
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != START[0]:
            raise NotPlainError
        yield kind, data[at + 4 : at + 2 + length]
        at += 2 + length
        if kind == START_OF_SCAN:
            at = end_of_scan(data, at)
    ends_at(data, at + 2)


def end_of_scan(data: bytes, at: int) -> int:
    while (at := data.find(START[:1], at)) != -1:
        if data[at + 1] not in GOES_ON:
            return at
        at += 2
    raise NotPlainError


def is_plain_part(kind: int, content: bytes) -> bool:
    if kind == APP0:
        return content.startswith(b"JFIF\0") and len(content) == JFIF_WITHOUT_PREVIEW
    if kind in FRAMES:
        return content[5] in (GREY, COLOURS)  # a picture for printers has four, and is changed to three
    return kind in TABLES or kind == START_OF_SCAN


def ends_at(data: bytes, at: int) -> None:
    if at != len(data):
        raise NotPlainError
