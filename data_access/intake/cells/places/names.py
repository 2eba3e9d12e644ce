"""Which areas a name is the exact name of: official, alias, or confirmed by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import ConfirmedAlias, normalise

NONE: frozenset[str] = frozenset()


class Names:
    """Exact names; nothing that is only alike.

    Args:
        confirmed: reduced (kecamatan, desa) as written -> code, as in `PlaceReader`.
        spellings: spellings that were confirmed for boundary files.
    """

    def __init__(
        self,
        confirmed: Mapping[tuple[str, str], str] | None = None,
        spellings: Sequence[ConfirmedAlias] = (),
    ) -> None:
        self.confirmed = confirmed or {}
        self._kecamatan: dict[str, set[str]] = defaultdict(set)
        self._desa: dict[str, set[str]] = defaultdict(set)
        self._within: dict[tuple[str, str], str] = {}
        for areas, known in ((gazetteer().kecamatan, self._kecamatan),
                             (gazetteer().desa, self._desa)):  # fmt: skip
            for area in areas:
                for name in (area.name, *area.aliases):
                    known[normalise(name)].add(area.code)
        for alias in spellings:
            self._add(alias)

    def _add(self, alias: ConfirmedAlias) -> None:
        is_kecamatan = alias.code in gazetteer().kecamatan_by_code
        known = self._kecamatan if is_kecamatan else self._desa
        if alias.within:
            self._within[alias.within, alias.spelling] = alias.code
        elif alias.spelling not in known:
            known[alias.spelling] = {alias.code}

    def kecamatan(self, key: str) -> frozenset[str]:
        """Return the kecamatan of that reduced name."""
        return frozenset(self._kecamatan.get(key, NONE))

    def desa(self, key: str, within: Collection[str] = ()) -> frozenset[str]:
        """Return the desa of that reduced name, in these kecamatan or anywhere."""
        found = self._desa.get(key, NONE)
        if not within:
            return frozenset(found)
        inside = {code for code in found if kecamatan_code_of(code) in within}
        meant = {self._within.get((kecamatan, key)) for kecamatan in within} - {None}
        return frozenset(inside or {code for code in meant if code})

    def chosen(self, beside: str, key: str) -> str:
        """Return the code that a person chose for words beside a written kecamatan, or ""."""
        return self.confirmed.get((beside, key)) or self.confirmed.get(("", key)) or ""
