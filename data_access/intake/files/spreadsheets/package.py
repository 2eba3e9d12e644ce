"""The zip of a spreadsheet: judged before it is unpacked, its XML streamed.

Owns what both kinds share: entries, XML events, local names, texts put together from pieces.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, Protocol
from xml.parsers import expat

from data_access.intake.files.spreadsheets.limits import (
    MEGABYTE,
    MOST_CHARACTERS,
    MOST_ENTRIES,
    MOST_KEPT_ROWS,
    MOST_RATIO,
    MOST_UNPACKED,
    PIECE_BYTES,
    RATIO_MATTERS_FROM,
    RefusedError,
    RowsExceededError,
)

# Where a row begins in either kind, whatever its prefix.
_ROW = re.compile(rb"<(?:\w+:)?(?:table-)?row[ >]")


class TooLong:
    """Stands in for a text that no cell may hold."""


TOO_LONG = TooLong()


class Package:
    """The zip of a spreadsheet, judged before anything is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise RefusedError("unsafe", reason=f"arsipnya berisi {len(entries)} berkas")
        self._entries = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}
        for name, entry in self._entries.items():
            _judge_entry(name, entry)
        total = sum(entry.file_size for entry in entries)
        if total > MOST_UNPACKED:
            raise RefusedError("unsafe", reason=f"isinya mengembang menjadi {total // MEGABYTE} MB")

    def kind(self) -> str:
        """ "xlsx" or "ods".

        Raises:
            RefusedError: for macro files, protected files and anything that is neither.
        """
        if any(name.endswith("vbaproject.bin") for name in self._entries):
            raise RefusedError("macro")
        if "xl/workbook.bin" in self._entries:
            raise RefusedError("legacy", found="Excel biner (.xlsb)")
        if "[content_types].xml" in self._entries:
            return self._office_open_kind()
        if "content.xml" in self._entries:
            return self._open_document_kind()
        raise RefusedError("unknown", found="arsip zip tanpa lembar kerja")

    def _office_open_kind(self) -> str:
        kinds = self.small("[Content_Types].xml").lower()
        if b"macroenabled" in kinds:
            raise RefusedError("macro")
        for word, found in (
            (b"wordprocessingml.document.main", "dokumen Word"),
            (b"presentationml.presentation.main", "presentasi PowerPoint"),
        ):
            if word in kinds:
                raise RefusedError("unknown", found=found)
        return "xlsx"

    def _open_document_kind(self) -> str:
        if self.has("META-INF/manifest.xml") and (
            b"encryption-data" in self.small("META-INF/manifest.xml")
        ):
            raise RefusedError("password")
        kind = self.small("mimetype") if self.has("mimetype") else b""
        if kind and b"spreadsheet" not in kind:
            raise RefusedError("unknown", found="dokumen OpenDocument yang bukan lembar kerja")
        return "ods"

    def has(self, name: str) -> bool:
        return name.lower() in self._entries

    def small(self, name: str) -> bytes:
        """The first megabyte of an entry: enough for the lists at the front of a package."""
        with self._archive.open(self._entries[name.lower()]) as stream:
            return stream.read(MEGABYTE)

    def parse(self, name: str, handler: Handler) -> None:
        """Stream an XML entry through a handler.

        Raises:
            KeyError: if there is no such entry.
            RefusedError: if it has more rows than are read, with their number.
            expat.ExpatError: if it is not well-formed.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        # No spreadsheet declares entities; a file that does wants something else.
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._archive.open(self._entries[name.lower()]) as stream:
            start = 0
            while piece := stream.read(PIECE_BYTES):
                try:
                    parser.Parse(piece)
                except RowsExceededError:
                    rest = piece[max(parser.CurrentByteIndex - start, 0) :]
                    count = MOST_KEPT_ROWS + 1 + _count_rows(rest, stream)
                    raise RefusedError("rows", count=count) from None
                start += len(piece)
        parser.Parse(b"", True)


def _count_rows(text: bytes, stream: IO[bytes]) -> int:
    """How many rows begin in the rest of an entry; a tag may lie over two pieces."""
    count = 0
    while piece := stream.read(PIECE_BYTES):
        cut = text.rfind(b"<") + 1
        count += len(_ROW.findall(text, 0, cut - 1)) if cut else 0
        text = text[cut - 1 :] + piece if cut else piece
    return count + len(_ROW.findall(text))


def _judge_entry(name: str, entry: zipfile.ZipInfo) -> None:
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise RefusedError("unsafe", reason="arsipnya menunjuk ke luar foldernya")
    if entry.flag_bits & 0x1:
        raise RefusedError("password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError("broken")
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MOST_RATIO * max(
        entry.compress_size, 1
    ):
        raise RefusedError("unsafe", reason="isinya mengembang ratusan kali lipat")


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("unsafe", reason="berisi deklarasi XML yang tidak dipakai lembar kerja")


class Handler(Protocol):
    """Receives the events of one XML entry."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class LocalNames(dict[str, str]):
    """`x:row` -> `row`: some programs write every element with a prefix."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


LOCAL = LocalNames()


def local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    return {LOCAL[name]: value for name, value in attributes.items()}


class Collected:
    """Text put together from pieces, up to what a cell may hold."""

    __slots__ = ("is_too_long", "length", "pieces")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.is_too_long = False

    def add(self, data: str) -> None:
        self.length += len(data)
        if self.length > MOST_CHARACTERS:
            self.is_too_long = True
            self.pieces.clear()
        else:
            self.pieces.append(data)

    def result(self) -> str | TooLong:
        return TOO_LONG if self.is_too_long else "".join(self.pieces)
