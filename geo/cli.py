"""The commands `python -m geo check|use|show|match|remember`.

Owns what they print and their exit codes: 0 done or usable, 1 not, 2 wrong usage.
Takes PANTAU_DATA_DIR and PANTAU_BOUNDARIES from the same sources as the dashboard.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from geo.boundaries import (
    BoundaryReport,
    BoundarySet,
    active_boundaries,
    inspect_boundaries,
    reset_boundaries,
    store_inspected,
    stored_boundaries,
)
from geo.boundaries.formats import read_bytes
from geo.boundaries.placement import METRIC
from geo.command_line import (
    Parser,
    file_argument,
    prepare_streams,
    print_output,
    run_command,
    text_argument,
)
from geo.errors import GeoError
from geo.legible import csv_cell, legible_lines
from geo.matching import ALIAS_FILE, PlaceMatch, load_aliases, match_place, remember_alias
from geo.name_lists import read_places
from geo.notation import long_date
from geo.scratch import sweep
from geo.sources import read_sources

_ADDED_COLUMNS = ("code", "name", "how")
_FORMAT = "bentuk keluaran"
# A table's own columns of these names stay, under another name.
_TAKEN_NAMES = {name: f"{name}_asal" for name in (*_ADDED_COLUMNS, "candidates")}


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run one command; returns the exit code."""
    prepare_streams()
    return run_command(lambda: _main(arguments, environ))


def _main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    options = _parser().parse_args(arguments)
    sweep()
    try:
        sources = read_sources(environ)
        for note in sources.notes:
            print(note, file=sys.stderr)
        data_dir, override = sources.data_dir, sources.path("PANTAU_BOUNDARIES")
        if options.command == "check":
            return _check(options.file, options.crs, data_dir, options.format)
        if options.command == "use":
            return _use(options, data_dir, override)
        if options.command == "show":
            return _show(data_dir, override, options.format)
        if options.command == "match":
            return _match(options.file, data_dir, options.format)
        return _remember(options, data_dir)
    except GeoError as error:
        return _fail(error, options)


def _check(path: Path, crs: str | None, data_dir: Path, style: str) -> int:
    inspection = inspect_boundaries(path, crs, load_aliases(data_dir))
    _print_report(inspection.report, style)
    return 0 if inspection.report.usable else 1


def _use(options: argparse.Namespace, data_dir: Path, override: Path | None) -> int:
    if options.reset:
        return _reset(data_dir, override, options.format)
    found = inspect_boundaries(options.file, options.crs, load_aliases(data_dir))
    if found.error is not None and options.format == "json":
        _print_report(found.report, options.format)
        return 1
    boundaries = store_inspected(options.file, found, data_dir)
    _print_report(found.report, options.format)
    if options.format == "text":
        used = f"Aplikasi kini memakai: {boundaries.source}."
        _say(f"\nTersimpan. {_still_overridden(override) or used}")
    return 0


def _reset(data_dir: Path, override: Path | None, style: str) -> int:
    had = reset_boundaries(data_dir)
    done = "Batas yang tersimpan dihapus." if had else "Tidak ada batas yang tersimpan."
    used = f"Aplikasi {'kembali memakai' if had else 'memakai'} batas indikatif."
    sentence = f"{done} {_still_overridden(override) or used}"
    _say(json.dumps({"reset": had}) if style == "json" else sentence)
    return 0


def _still_overridden(override: Path | None) -> str:
    return f"Aplikasi tetap memakai berkas {override} (dari PANTAU_BOUNDARIES)." if override else ""


def _show(data_dir: Path, override: Path | None, style: str) -> int:
    facts = _facts(active_boundaries(data_dir, override), data_dir, override)
    if style == "json":
        _print_json(facts)
        return 0
    _say(f"Batas yang dipakai : {_origin(facts)}")
    _say(f"Sumber             : {facts['source']}")
    if facts["in_use"] != "indicative" and not facts["is_official"]:
        _say("Keresmian          : tidak terbukti dari isi berkas")
    _say(f"Tanggal sumber     : {_day(facts['source_date']) or 'tidak tercantum'}")
    if facts["stored_on"]:
        _say(f"Disimpan           : {_day(facts['stored_on'])}")
    _say(f"Isi                : {facts['kecamatan']} kecamatan, {facts['desa']} desa")
    if facts["notice"]:
        _say(f"Catatan            : {facts['notice']}")
    return 0


def _facts(boundaries: BoundarySet, data_dir: Path, override: Path | None) -> dict[str, Any]:
    stored = None if override else stored_boundaries(data_dir)
    return {
        "in_use": "override" if override else "stored" if stored else "indicative",
        "source": boundaries.source,
        "source_date": boundaries.source_date,
        "stored_on": stored.stored_on if stored else None,
        "file_name": override.name if override else stored.file_name if stored else None,
        "sha256": _sha256(override) if override else stored.sha256 if stored else None,
        "kecamatan": len(boundaries.kecamatan),
        "desa": 0 if boundaries.desa is None else len(boundaries.desa),
        "is_official": boundaries.is_official,
        "notice": boundaries.notice,
        "digest": boundaries.digest,
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def _origin(facts: Mapping[str, Any]) -> str:
    if facts["in_use"] == "override":
        return f"berkas {facts['file_name']} (dari PANTAU_BOUNDARIES)"
    if facts["in_use"] == "stored":
        return f"berkas {facts['file_name']} (tersimpan)"
    return "batas indikatif bawaan"


def _match(path: Path, data_dir: Path, style: str) -> int:
    places = read_places(path)
    aliases = load_aliases(data_dir)
    written = list(zip(places.column("kecamatan"), places.column("desa"), strict=True))
    matches = [match_place(kecamatan, desa, aliases) for kecamatan, desa in written]
    header = [_TAKEN_NAMES.get(name, name) for name in places.header]
    if style == "json":
        _print_json(
            [
                {**dict(zip(header, row, strict=True)), **asdict(match)}
                for row, match in zip(places.rows, matches, strict=True)
            ]
        )
    elif style == "csv":
        _print_csv(header, places.rows, matches)
    else:
        for place, match in zip(written, matches, strict=True):
            _say(_line(place, match))
    if places.skipped and style != "json":
        print(f"{places.skipped} baris di atas judul kolom dilewati.", file=sys.stderr)
    _print_suggestions(written, matches, style)
    return 0


def _remember(options: argparse.Namespace, data_dir: Path) -> int:
    alias = remember_alias(data_dir, options.kecamatan, options.name, options.code)
    if options.format == "json":
        _print_json(asdict(alias))
    else:
        _say(f"“{options.name}” diingat sebagai {options.code} di {data_dir / ALIAS_FILE}.")
    return 0


def _fail(error: GeoError, options: argparse.Namespace) -> int:
    if options.format != "json":
        print(error, file=sys.stderr)
    elif options.command in ("check", "use") and options.file is not None:
        _print_json(BoundaryReport(options.file.name, problems=(str(error),)).to_json())
    else:
        _print_json({"problems": [str(error)]})
    return 1


def _say(text: str, stream: TextIO | None = None) -> None:
    """Print lines for people; what files say of themselves cannot steer the terminal."""
    lines = f"{legible_lines(text)}\n"
    if stream is None:
        print_output(lines)
    else:
        stream.write(lines)


def _print_report(report: BoundaryReport, style: str) -> None:
    if style == "json":
        _print_json(report.to_json())
    else:
        _say(report.to_text())


def _print_json(value: object) -> None:
    is_utf8 = (sys.stdout.encoding or "").casefold() in ("utf-8", "utf8")
    _say(json.dumps(value, ensure_ascii=not is_utf8, indent=2))


def _print_csv(
    header: Sequence[str], rows: Sequence[Sequence[str]], matches: Sequence[PlaceMatch]
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*map(csv_cell, header), *_ADDED_COLUMNS])
    for row, match in zip(rows, matches, strict=True):
        writer.writerow([*map(csv_cell, row), match.code or "", match.name or "", match.how])
    print_output(written.getvalue())


def _line(place: tuple[str, str], match: PlaceMatch) -> str:
    written = " / ".join(text for text in place if text) or "(kosong)"
    return f"{written}: {match.code or '-'} {match.name or '-'} ({match.how})"


def _print_suggestions(
    written: Sequence[tuple[str, str]], matches: Sequence[PlaceMatch], style: str
) -> None:
    """Beside the table, on the error stream: what a person can confirm."""
    if style == "json":
        return
    for place, match in zip(written, matches, strict=True):
        if match.candidates:
            options = ", ".join(f"{found.code} {found.name}" for found in match.candidates)
            _say(f"{' / '.join(filter(None, place))}: mungkin {options}", sys.stderr)


def _day(iso: str | None) -> str:
    return long_date(date.fromisoformat(iso)) if iso else ""


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m geo", description="Nama, kode dan batas wilayah.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    check = commands.add_parser("check", help="periksa berkas batas tanpa menyimpannya")
    check.add_argument("file", type=file_argument, metavar="BERKAS", help="berkas batas")
    use = commands.add_parser("use", help="simpan berkas batas untuk aplikasi")
    chosen = use.add_mutually_exclusive_group(required=True)
    chosen.add_argument(
        "file", type=file_argument, nargs="?", metavar="BERKAS", help="berkas batas"
    )
    chosen.add_argument("--reset", action="store_true", help="kembali ke batas indikatif")
    for reader in (check, use):
        reader.add_argument(
            "--crs", type=text_argument, metavar="CRS", help=f"sistem koordinat, misalnya {METRIC}"
        )
    show = commands.add_parser("show", help="tampilkan batas yang sedang dipakai")
    match = commands.add_parser("match", help="cocokkan tabel kecamatan,desa dengan kode resmi")
    match.add_argument("file", type=file_argument, metavar="BERKAS.csv", help="tabel CSV")
    match.add_argument("--format", choices=("csv", "text", "json"), default="csv", help=_FORMAT)
    remember = commands.add_parser("remember", help="ingat ejaan lain yang sudah dipastikan")
    remember.add_argument(
        "--kecamatan", type=text_argument, default="", help="kecamatan yang tertulis di sampingnya"
    )
    remember.add_argument("name", type=text_argument, metavar="NAMA", help="ejaan yang tertulis")
    remember.add_argument(
        "code", type=text_argument, metavar="KODE", help="kode Kemendagri yang dimaksud"
    )
    for command in (check, use, show, remember):
        command.add_argument("--format", choices=("text", "json"), default="text", help=_FORMAT)
    return parser
