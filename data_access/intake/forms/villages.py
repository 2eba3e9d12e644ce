"""The register of desa: which are assisted, since when, by which decree, and by which officer.

A file describes desa that are there; it never adds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data_access.intake.field import Field
from data_access.intake.forms.form import Form, Rule, filled
from data_access.intake.forms.shared_fields import EVENT_DAYS, FOREIGN, NOTE, PIMPASA, PLACES


def _assisted_agrees(values: Mapping[str, object]) -> bool:
    has_decree = values.get("assisted_since") or values.get("decree_number")
    return not has_decree or values.get("is_assisted") is not False


def _of_the_register(one: Field) -> Field:
    """The area itself may be called by its code and name alone."""
    more = {"village_code": ("kode", "code"), "desa": ("~name", "~nama", "desa binaan")}
    return replace(one, titles=(*more.get(one.name, ()), *one.titles))


VILLAGES = Form(
    table="villages",
    label="Desa",
    fields=(
        *(_of_the_register(one) for one in PLACES),
        Field("is_assisted", "Desa Binaan (ya/tidak)", "flag",
              ("~desa binaan", "~binaan", "~status desa binaan", "~status binaan",
               "~status desa", "~status", "~termasuk desa binaan", "~tetap desa binaan",
               "is assisted"),
              extra="imigrasi", example="ya"),
        Field("assisted_since", "Binaan Sejak", "date",
              ("binaan sejak", "tanggal sk", "tanggal tetap", "tanggal surat keputusan", "tetap",
               "sejak", "mulai binaan", "tanggal mulai", "tanggal pembentukan", "tanggal kukuh",
               "assisted since"),
              extra="desa binaan sk", fills=("is_assisted",), example=date(2026, 1, 15)),
        Field("decree_number", "Nomor SK", "text",
              ("nomor sk", "sk", "nomor surat keputusan", "surat keputusan", "nomor keputusan",
               "dasar tetap", "sk tetap", "sk kakanim", "decree number"),
              extra="tetap nomor desa binaan", fills=("is_assisted",), example="W.12-001/2026"),
        replace(PIMPASA, extra=f"{PIMPASA.extra} desa"),
        NOTE,
    ),
    required=(
        ("desa", "village_code", "place"),
        ("is_assisted", "assisted_since", "decree_number", "pimpasa"),
    ),
    day="",
    identity=("code",),
    derived=frozenset({"code", "name", "kecamatan_code"}),
    marks=(("is_assisted",), ("assisted_since",), ("decree_number",)),
    own_words="",
    sheet_words=("desa binaan", "daftar desa", "villages", "register desa"),
    ruled_out_by=("hasil", "temuan", *EVENT_DAYS, "tujuan kunjungan",
                  "jumlah kunjungan", "jumlah peserta", "jumlah kegiatan", "jumlah sosialisasi"),
    foreign=FOREIGN,
    rules=(
        Rule("desa", "Desa kosong. Isi kolom ini.", filled("village_code")),
        Rule("is_assisted", "Tertulis bukan desa binaan, tetapi ada tanggal atau nomor SK. "
             "Perbaiki salah satunya.", _assisted_agrees),
    ),
)  # fmt: skip
