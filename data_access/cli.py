"""The commands `python -m data_access sample|export|indicators|status|move`.

Those that bring files in are in `data_access.intake.cli`. Owns what the others print and
their exit codes: 0 done, 1 not possible, 2 wrong usage. What is read by programs (csv, json)
has plain numbers with a dot; what people read is Indonesian.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Table, func, select

from data_access.errors import (
    DataError,
    RequestError,
    UnknownIndicatorError,
    UnknownKecamatanError,
    UnknownTableError,
)
from data_access.intake import cli as intake
from data_access.intake.opening import open_for_work
from data_access.meta import read_meta
from data_access.move import move
from data_access.numbers.indicators import INDICATORS, LEVELS, Level, table
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup, Span
from data_access.numbers.selection import SCOPES, Month, Period, Selection
from data_access.output import write_new
from data_access.preferences import with_preferences
from data_access.sample.life import ensure_ready, make_sample
from data_access.schema import TABLES
from data_access.settings import Settings, current_settings
from data_access.store import Store
from geo.command_line import (
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_USAGE,
    Parser,
    file_argument,
    prepare_streams,
    print_output,
    run_command,
    text_argument,
)
from geo.errors import GeoError
from geo.gazetteer import gazetteer
from geo.legible import csv_cell, legible_lines
from geo.notation import short_number
from geo.scratch import sweep

_SAMPLE_NOTICE = "DATA CONTOH: bukan data sebenarnya.\n"


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run one command; returns the exit code."""
    prepare_streams("utf-8")
    return run_command(lambda: _main(arguments, environ))


def _main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    options = _parser().parse_args(arguments)
    code = EXIT_DONE
    sweep()
    try:
        settings = current_settings(environ)
        _warn_of_settings(settings)
        if options.command in intake.COMMANDS:
            text, code = intake.run(options, settings)
        else:
            text = _run(options, settings)
        if getattr(options, "format", "text") == "text":
            # For people, on a terminal that control signs would change.
            text = legible_lines(text)
        if options.out is None:
            print_output(text)
        else:
            write_new(options.out, text.encode(), settings)
    except RequestError as error:
        return _fail(error, EXIT_USAGE)
    except (DataError, GeoError) as error:
        return _fail(error, EXIT_FAILED)
    return code


def _run(options: argparse.Namespace, settings: Settings) -> str:
    if options.command == "export":
        exported = _table_named(options.table)
        store = _ready_store(settings)
        _warn_of_sample(store)
        return _export(store, exported, options.format)
    if options.command == "indicators":
        ids, level, selection = _request(options, settings)
        rollup = load_rollup(_ready_store(settings), options.until)
        notices = _SAMPLE_NOTICE * rollup.is_sample + _reach_notice(rollup, selection.period)
        counted = table(rollup, ids, level, selection)
        if options.format == "text":
            return notices + _indicators_text(counted, "text")
        sys.stderr.write(notices)
        return _indicators_text(counted, options.format)
    if options.command == "sample":
        return _sample(settings)
    if options.command == "move":
        return move(settings, options.to).text
    return _status(_ready_store(settings), options.format)


def _ready_store(settings: Settings) -> Store:
    store = open_for_work(settings)
    ensure_ready(store, settings.today)
    return with_preferences(store)


def _warn_of_settings(settings: Settings) -> None:
    """Say where settings stand in the wrong place or twice."""
    for note in settings.notes:
        sys.stderr.write(f"{note}\n")


def _warn_of_sample(store: Store) -> None:
    """Say that the numbers are invented, where no program reads it as data."""
    if store.is_sample:
        sys.stderr.write(_SAMPLE_NOTICE)


# --- sample -----------------------------------------------------------------------------------


def _sample(settings: Settings) -> str:
    store = open_for_work(settings)
    make_sample(store, settings.today)
    rows = _Facts.read(store).rows
    return (
        f"Data contoh dibuat sampai {settings.today.isoformat()} di {store.where}: "
        f"{rows['visits']} kunjungan, {rows['awareness_sessions']} sosialisasi, "
        f"{rows['cases']} kasus. Semua baris bertanda DATA CONTOH.\n"
    )


# --- export -----------------------------------------------------------------------------------


def _table_named(name: str) -> Table:
    for one in TABLES:
        if one.name == name:
            return one
    raise UnknownTableError(name, [one.name for one in TABLES])


def _export(store: Store, exported: Table, style: str) -> str:
    with store.read() as connection:
        rows = connection.execute(select(exported).order_by(*exported.primary_key)).all()
    names = [column.name for column in exported.columns]
    if style == "json":
        return _json([dict(zip(names, row, strict=True)) for row in rows])
    return _csv(names, [[_plain(value) for value in row] for row in rows])


# --- indicators -------------------------------------------------------------------------------


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}” bukan tanggal. Tulis tahun, bulan, dan tanggal, misalnya 2025-11-25"
        ) from error


def _request(options: argparse.Namespace, settings: Settings) -> tuple[list[str], Level, Selection]:
    """Read what to count; this year so far, where no month is given.

    Raises:
        RequestError: if something asked for does not exist.
    """
    this_month = Month.of(settings.today)
    last = Month.parse(options.to) if options.to else this_month
    first = Month.parse(options.first) if options.first else Month(last.year, 1)
    for code in options.kecamatan:
        if code not in gazetteer().kecamatan_by_code:
            raise UnknownKecamatanError(code)
    for one in options.indicator:
        if one not in INDICATORS:
            raise UnknownIndicatorError(one, INDICATORS)
    selection = Selection(Period(first, last), frozenset(options.kecamatan), options.scope)
    return list(dict.fromkeys(options.indicator)) or list(INDICATORS), options.level, selection


def _reach_notice(rollup: Rollup, period: Period) -> str:
    """Say that a period reaches past the last data, where it does."""
    last = rollup.data_until
    if last is None:
        return "Belum ada data.\n"
    if period.last.last_day <= last:
        return ""
    return f"Data sampai {last.isoformat()}, sebelum akhir periode ({period.last}).\n"


def _indicators_text(counted: pd.DataFrame, style: str) -> str:
    names = list(counted.columns)
    rows = [[_plain(value) for value in row] for row in counted.itertuples(index=False)]
    if style == "csv":
        return _csv(names, rows)
    if style == "json":
        values = [[_finite(value) for value in row] for row in counted.itertuples(index=False)]
        return _json([dict(zip(names, row, strict=True)) for row in values])
    return "\n".join(
        _paragraph(str(one), part) for one, part in counted.groupby("indicator", sort=False)
    )


def _paragraph(indicator_id: str, part: pd.DataFrame) -> str:
    """Write one indicator for people: a heading, then a line per area."""
    indicator = INDICATORS[indicator_id]
    width = max(len(name) for name in part["name"])
    months = f"{part['from'].iloc[0]} sampai {part['to'].iloc[0]}"
    lines = [f"{indicator.label} ({indicator.unit}), {months}"]
    columns = (part[name].tolist() for name in ("code", "name", "n", "N", "value"))
    for code, name, n, denominator, value in zip(*columns, strict=True):
        shown = _readable(value, indicator.unit)
        ratio = "" if math.isnan(denominator) else _ratio(indicator_id, n, denominator)
        lines.append(f"  {code:<13}  {name:<{width}}  {shown:>15}  {ratio}".rstrip())
    return "\n".join(lines) + "\n"


def _ratio(indicator_id: str, n: float, denominator: float) -> str:
    if indicator_id == "first_action":
        return f"({short_number(denominator)} kasus)"
    return f"({short_number(n)} dari {short_number(denominator)})"


def _readable(value: float, unit: str) -> str:
    if math.isnan(value):
        return "tidak berlaku"
    return f"{short_number(value * 100)} %" if unit == "%" else short_number(value)


# --- status -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Facts:
    """What the store says of itself: its keys and values, and rows per table."""

    known: Mapping[str, str]
    rows: Mapping[str, int]

    @classmethod
    def read(cls, store: Store) -> _Facts:
        with store.read() as connection:
            counts = {
                one.name: connection.scalar(select(func.count()).select_from(one)) or 0
                for one in TABLES
            }
            return cls(read_meta(connection), counts)


def _status(store: Store, style: str) -> str:
    facts, span = _Facts.read(store), load_rollup(store).span
    spans = {"visits": span.visits, "awareness_sessions": span.sessions, "cases": span.cases}
    if style == "json":
        return _json(
            {
                "data_dir": str(store.settings.data_dir.absolute()),
                "database": store.where,
                "today": store.settings.today.isoformat(),
                "is_sample": facts.known["is_sample"] == "1",
                "rows": facts.rows,
                "first": {name: _iso(one.first) for name, one in spans.items()},
                "last": {name: _iso(one.last) for name, one in spans.items()},
                "imported_at": span.imported_at or None,
                "setting_notes": list(store.settings.notes),
            }
        )
    lines = [
        f"Folder data  : {store.settings.data_dir.absolute()}",
        f"Basis data   : {store.where}",
        f"Isi          : {_contents(facts)}",
        f"Hari ini     : {store.settings.today.isoformat()}",
        f"Impor akhir  : {span.imported_at or 'belum ada'}",
    ]
    lines += [f"  {name:<20}{count:>7} baris{_reach(spans.get(name))}"
              for name, count in facts.rows.items()]  # fmt: skip
    lines += [f"Pengaturan   : {note}" for note in store.settings.notes]
    return "\n".join(lines) + "\n"


def _contents(facts: _Facts) -> str:
    if facts.known["is_sample"] == "1":
        return f"DATA CONTOH sampai {facts.known.get('sample_today', '?')}"
    events = ("visits", "awareness_sessions", "cases")
    return "data asli" if any(facts.rows[name] for name in events) else "belum ada catatan"


def _reach(span: Span | None) -> str:
    if span is None or span.first is None:
        return ""
    return f", {_iso(span.first)} sampai {_iso(span.last)}"


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


# --- writing ----------------------------------------------------------------------------------


def _plain(value: Any) -> str:
    """Write a value for csv: nothing for none, 1 or 0 for yes or no, no ".0", and no formula."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(value))
    return csv_cell(value) if isinstance(value, str) else str(value)


def _finite(value: Any) -> Any:
    """Return a value for json: null for what does not apply, whole numbers whole."""
    if not isinstance(value, float):
        return value
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else float(value)


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return stream.getvalue()


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _fail(error: DataError | GeoError, code: int) -> int:
    print(error, file=sys.stderr)
    return code


# --- arguments --------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m data_access",
        description="Data program Desa Binaan: data contoh, ekspor, indikator, keadaan.",
    )
    parser.set_defaults(out=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="perintah")
    commands.add_parser("sample", help="buat atau perbarui data contoh, tanpa menyentuh yang lain")

    export = commands.add_parser("export", help="tulis baris mentah satu tabel")
    export.add_argument(
        "--table",
        required=True,
        type=text_argument,
        metavar="TABEL",
        help=", ".join(one.name for one in TABLES),
    )
    export.add_argument("--format", choices=("csv", "json"), default="csv")
    export.add_argument(
        "--out", type=file_argument, metavar="BERKAS", help="bukan ke layar, ke berkas ini"
    )

    indicators = commands.add_parser("indicators", help="hitung indikator per wilayah")
    indicators.add_argument(
        "--from", dest="first", metavar="BULAN", help="bulan pertama, misalnya 2025-01"
    )
    indicators.add_argument("--to", metavar="BULAN", help="bulan terakhir, misalnya 2025-06")
    indicators.add_argument(
        "--until",
        type=_day,
        metavar="TANGGAL",
        help="hitung kejadian sampai tanggal ini saja, misalnya 2025-11-25: bulan terakhir tidak "
        "penuh, seperti pembanding di layar",
    )
    indicators.add_argument("--level", choices=LEVELS, default="kabupaten", help="tingkat wilayah")
    indicators.add_argument(
        "--scope",
        choices=SCOPES,
        default="all",
        help="all = semua desa, assisted = desa binaan, office = wilayah kantor ini",
    )
    indicators.add_argument(
        "--kecamatan", nargs="+", action="extend", default=[], metavar="KODE", help="hanya di sini"
    )
    indicators.add_argument(
        "--indicator", nargs="+", action="extend", default=[], metavar="ID", help="hanya ini"
    )
    indicators.add_argument("--format", choices=("csv", "json", "text"), default="csv")
    indicators.add_argument(
        "--out", type=file_argument, metavar="BERKAS", help="bukan ke layar, ke berkas"
    )

    moving = commands.add_parser("move", help="salin berkas SQLite ke PostgreSQL yang kosong")
    moving.add_argument(
        "--to",
        required=True,
        metavar="ALAMAT",
        help="misalnya postgresql://pengguna@server/basisdata; sandi sebaiknya di PGPASSWORD "
        "atau ~/.pgpass, bukan di baris perintah",
    )

    intake.add_commands(commands)

    status = commands.add_parser("status", help="apa isi basis data dan sampai kapan")
    status.add_argument("--format", choices=("text", "json"), default="text")
    return parser
