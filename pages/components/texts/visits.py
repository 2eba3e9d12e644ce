"""Words of Kunjungan."""

from __future__ import annotations

HEADLINE = (
    "Per {day}, {n} dari {total} {desa} lewat {days} hari tanpa kunjungan{most}; "
    "{never} desa belum pernah dikunjungi."
)
NOT_RECORDED = "{nothing_recorded}."
