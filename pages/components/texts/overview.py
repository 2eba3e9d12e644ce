"""Words of Ringkasan."""

from __future__ import annotations

from collections.abc import Mapping

HEADLINE = "{n} dari {total} {desa} ({share}) dikunjungi pada {period}{change}{waiting}."
NOT_RECORDED = "{nothing_recorded}{waiting}."

# What waits among the desa binaan, after the headline's first part.
NONE_WAITS = "; semua desa binaan dikunjungi tepat waktu"
ONLY_NEVER = "; {never} desa binaan belum pernah dikunjungi"
WAITING = "; {n} desa binaan lewat {days} hari tanpa kunjungan{most}{also}"
ALSO_NEVER = " dan {never} belum pernah dikunjungi"
ALSO_NEVER_AFTER_MOST = ", dan {never} belum pernah dikunjungi"

NO_ASSISTED = "Tidak ada desa binaan dalam saringan ini: tetapkan di halaman Data"
MAP_TITLE = "Cakupan kunjungan"

LEAST_TITLE = "{count} kecamatan dengan cakupan kunjungan terendah"
LEAST_NUMBER = "{n} dari {total} desa ({share})"
NO_VISIT = "Belum ada catatan kunjungan pada periode ini."
NO_DESA = "Tidak ada desa dalam saringan ini."

DECISIONS_TITLE = "Perlu keputusan: {some} kecamatan"
DECISIONS_SOME = "{shown} dari {found}"
DECISIONS_TITLE_NONE = "Perlu keputusan"
DECISIONS_CUT = (
    "Masuk daftar: kasus tanpa sosialisasi; separuh desa binaan menunggu kunjungan (lewat "
    "{days} hari atau belum pernah); separuh desa belum pernah; cakupan turun {points:.0f} poin."
)
NOTHING_TO_JUDGE = "Belum ada catatan untuk menilai kecamatan pada periode ini."
NOTHING_TO_DECIDE = "Tidak ada kecamatan yang memerlukan keputusan pada saringan ini."

# Why a kecamatan needs a decision, by the kind of the reason.
REASONS: Mapping[str, str] = {
    "cases_without_session": "{n} laporan kasus tanpa sosialisasi",
    "assisted_overdue": "{n} dari {total} desa binaan menunggu kunjungan",
    "never_visited": "{n} dari {total} desa belum pernah dikunjungi",
    "coverage_fell": (
        "cakupan turun: {n} dari {total} desa, {comparison} {before} dari {total_before}"
    ),
}
