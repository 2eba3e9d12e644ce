"""Empty sheets to fill in, one per table, made from the fields that the reader knows.

Owns their layout: drop-downs, limits of dates and numbers, a row that shows how, and a sheet
that explains. What a template asks for is exactly what an import reads.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from data_access.intake.cells.dates import FIRST_YEAR
from data_access.intake.cells.words import allowed_words
from data_access.intake.field import Field
from data_access.intake.forms.form import Form
from data_access.intake.forms.registry import TABLE_LABELS, form_of
from data_access.intake.forms.template_marks import (
    EXAMPLE_MARK,
    GUIDE_SHEET,
    LIST_SHEET,
    ORDER_HEADER,
)
from data_access.numbers.indicators import INDICATORS
from data_access.schema import CHANNELS, PILLARS, STAGES
from geo import palette
from geo.area import area
from geo.gazetteer import gazetteer

# Rows with drop-downs and limits: a year of one officer's work.
_ROWS = 2_000

_EXAMPLES = area().examples
_LATITUDE = f"{_EXAMPLES.latitude:g}".replace(".", ",")
_LONGITUDE = f"{_EXAMPLES.longitude:g}".replace(".", ",")

_HOW: Mapping[str, str] = MappingProxyType(
    {
        "count": "Bilangan bulat, 0 atau lebih.",
        "country": "Nama negara, misalnya Malaysia, atau kode dua hurufnya.",
        "date": f"Tanggal, hari lebih dulu, misalnya 15/01/2026; sejak {FIRST_YEAR} dan tidak "
        "sesudah hari ini.",
        "degrees": f"Derajat desimal, misalnya {_LATITUDE} (lintang) atau {_LONGITUDE} (bujur).",
        "flag": "ya atau tidak.",
        "indicator": "Nama indikator, pilih dari daftar.",
        "name": "Pilih dari daftar.",
        "number": "Bilangan bulat, 0 atau lebih.",
        "score": "Nilai rata-rata 0 sampai 100.",
        "text": "Teks bebas, tanpa nama atau data pribadi warga.",
        "value": "Bilangan, atau persentase seperti 80 %.",
        "word": "Pilih dari daftar.",
        "year": "Tahun empat angka, misalnya 2026.",
    }
)

# Lists that are only suggested: other words are kept as they are written.
_OPEN_LISTS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"stage": STAGES, "channel": CHANNELS, "pillar": PILLARS}
)

_TWO_DESA = "; ".join(one.name for one in gazetteer().desa[:2])
_FIRST_DAY = date(FIRST_YEAR, 1, 1)
_MANY_DESA = f"Beberapa desa dipisahkan titik koma, misalnya {_TWO_DESA}."


Need = Literal["ya", "salah satu", "boleh kosong"]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a template: where it stands, what it asks for, and whether it must be filled."""

    index: int
    field: Field
    need: Need


def template(table: str, today: date) -> bytes:
    """Return an xlsx to fill in.

    Args:
        table: a table that files can fill.
        today: dates after it are not accepted.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    columns = _columns(table)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    _Template(book, table, columns, today).write()
    book.close()
    return stream.getvalue()


def _columns(table: str) -> list[_Column]:
    form = form_of(table)
    typed = [one for one in form.fields if one.is_typed and one.kind not in ("unkept", "weekday")]
    # The first column numbers the rows.
    return [_Column(index, one, _need(form, one)) for index, one in enumerate(typed, start=1)]


def _need(form: Form, one: Field) -> Need:
    typed = {each.name for each in form.fields if each.is_typed}
    for group in form.required:
        asked = [name for name in group if name in typed]
        if one.name in asked:
            # Where the desa is not known, the kecamatan is enough.
            is_place = {"desa", "kecamatan"} <= set(asked)
            if is_place:
                return "ya" if one.name == "kecamatan" else "boleh kosong"
            return "ya" if len(asked) == 1 else "salah satu"
    return "boleh kosong"


class _Template:
    """One template on its way."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        table: str,
        columns: Sequence[_Column],
        today: date,
    ) -> None:
        self._table = table
        self._columns = columns
        self._today = today
        self._page = book.add_worksheet(TABLE_LABELS[table])
        self._guide = book.add_worksheet(GUIDE_SHEET)
        self._lists = book.add_worksheet(LIST_SHEET)
        self._bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._required = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": palette.REQUIRED_COLUMN}
        )
        self._grey = {"italic": True, "font_color": palette.EXAMPLE_TEXT}
        self._example = book.add_format(self._grey)
        self._example_day = book.add_format({**self._grey, "num_format": "dd/mm/yyyy"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._next_list = 2

    def write(self) -> None:
        self._write_places()
        self._write_header()
        self._write_example()
        for column in self._columns:
            self._limit(column)
        self._write_guide()
        self._lists.hide()
        self._page.activate()

    # --- the sheet to fill in --------------------------------------------------------------

    def _write_header(self) -> None:
        self._page.write_string(0, 0, ORDER_HEADER, self._bold)
        self._page.set_column(0, 0, 9)
        for one in self._columns:
            look = self._required if one.need == "ya" else self._bold
            self._page.write_string(0, one.index, one.field.label, look)
            is_day = one.field.kind == "date"
            width = max(14, min(len(one.field.label) + 4, 30))
            self._page.set_column(one.index, one.index, width, self._day if is_day else None)
        self._page.freeze_panes(1, 1)

    def _write_example(self) -> None:
        self._page.write_string(1, 0, EXAMPLE_MARK, self._example)
        for one in self._columns:
            value = one.field.example
            if isinstance(value, date):
                self._page.write_datetime(1, one.index, value, self._example_day)
            elif isinstance(value, int | float):
                self._page.write_number(1, one.index, value, self._example)
            else:
                self._page.write_string(1, one.index, str(value), self._example)

    def _limit(self, column: _Column) -> None:
        rule = self._rule(column)
        if rule:
            self._page.data_validation(
                1, column.index, _ROWS, column.index, {"ignore_blank": True, **rule}
            )

    def _rule(self, column: _Column) -> dict[str, Any]:
        one = column.field
        if one.kind == "name":
            return self._place_rule(one.name)
        if words := self._words(one):
            return {
                "validate": "list",
                "source": self._listed(words),
                **_refusal("Pilih dari daftar.", is_strict=one.name not in _OPEN_LISTS),
            }
        if one.kind == "date":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": _FIRST_DAY,
                "maximum": "=TODAY()",
                **_refusal(f"Tanggal antara 01/01/{FIRST_YEAR} dan hari ini."),
            }
        if one.kind in ("count", "number", "year", "score"):
            least, most = self._range(one)
            return {
                "validate": "decimal" if one.kind == "score" else "integer",
                "criteria": "between",
                "minimum": least,
                "maximum": most,
                **_refusal(f"Angka antara {least} dan {most}."),
            }
        return {}

    def _range(self, one: Field) -> tuple[int, int]:
        if one.kind == "year":
            return FIRST_YEAR, self._today.year + 1
        return 0, 100 if one.kind == "score" else one.most or 1_000_000

    # --- lists -----------------------------------------------------------------------------

    def _words(self, one: Field) -> Sequence[str]:
        if one.kind == "flag":
            return ("ya", "tidak")
        if one.kind == "indicator":
            return [indicator.label for indicator in INDICATORS.values()]
        if one.kind == "word":
            return allowed_words(one.name)
        return _OPEN_LISTS.get(one.name, ())

    def _listed(self, words: Sequence[str]) -> str:
        """Write words into the hidden sheet and return where they stand."""
        column = self._next_list
        self._next_list += 1
        self._lists.write_column(0, column, words)
        name = xl_col_to_name(column)
        return f"={LIST_SHEET}!${name}$1:${name}${len(words)}"

    def _write_places(self) -> None:
        """All desa beside their kecamatan, in the order of both, and each kecamatan once."""
        areas = sorted(gazetteer().kecamatan, key=lambda one: one.name)
        row = 0
        for kecamatan in areas:
            desa = gazetteer().desa_by_kecamatan[kecamatan.code]
            for one in sorted(desa, key=lambda each: each.name):
                self._lists.write_row(row, 0, (kecamatan.name, one.name))
                row += 1
        self._desa_rows = row
        self._kecamatan = [kecamatan.name for area in areas]

    def _place_rule(self, name: str) -> dict[str, Any]:
        if name == "kecamatan":
            return {
                "validate": "list",
                "source": self._listed(self._kecamatan),
                **_refusal("Pilih kecamatan dari daftar."),
            }
        of_row = next(one.index for one in self._columns if one.field.name == "kecamatan")
        cell = xl_rowcol_to_cell(1, of_row, col_abs=True)
        homes = f"{LIST_SHEET}!$A$1:$A${self._desa_rows}"
        source = f"=OFFSET({LIST_SHEET}!$B$1,MATCH({cell},{homes},0)-1,0,COUNTIF({homes},{cell}),1)"
        # A session may name several desa in one cell.
        is_strict = self._table != "awareness_sessions"
        return {
            "validate": "list",
            "source": source,
            **_refusal("Pilih kecamatan dahulu, lalu desanya.", is_strict=is_strict),
        }

    # --- the sheet that explains -----------------------------------------------------------

    def _write_guide(self) -> None:
        guide, row = self._guide, 0
        guide.set_column(0, 0, 26)
        guide.set_column(1, 1, 14)
        guide.set_column(2, 3, 60)
        for line in (
            f"Templat {TABLE_LABELS[self._table]} — Pantau Desa Binaan",
            f"Isi lembar “{TABLE_LABELS[self._table]}”, satu baris untuk satu catatan. Baris "
            f"bertanda {EXAMPLE_MARK} hanya contoh dan dilewati saat diimpor.",
            "Jangan menulis nama warga atau korban, NIK, nomor paspor, nomor telepon, atau alamat.",
        ):
            guide.write_string(row, 0, line)
            row += 1
        for place, title in enumerate(("Nama kolom", "Wajib", "Cara mengisi", "Pilihan")):
            guide.write_string(row + 1, place, title, self._bold)
        for offset, one in enumerate(self._columns, start=row + 2):
            for place, text in enumerate(self._explained(one)):
                guide.write_string(offset, place, text, self._wrapped)

    def _explained(self, column: _Column) -> tuple[str, str, str, str]:
        one = column.field
        how = one.meaning or _HOW[one.kind]
        if one.name == "desa" and self._table == "awareness_sessions":
            how = f"{how} {_MANY_DESA}"
        words = self._words(one)
        return one.label, column.need, how, ", ".join(words)


def _refusal(message: str, *, is_strict: bool = True) -> dict[str, Any]:
    return {
        "error_title": "Periksa isian",
        "error_message": message,
        "error_type": "stop" if is_strict else "information",
    }
