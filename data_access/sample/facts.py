"""What the invented programme knows of its area: ``sample.toml`` of the area's folder.

Owns reading it, and what takes its place in an area without one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geo.area import area
from geo.gazetteer import gazetteer

SAMPLE_FILE = "sample.toml"

# How many kecamatan begin at the launch and half a year later where nobody says which.
_FIRST, _SECOND = 2, 3


@dataclass(frozen=True)
class SampleFacts:
    """Codes and names for the invented rows.

    Attributes:
        first, second, later, rare: all kecamatan, in the order in which the programme reaches
            them; the last are hardly reached at all.
        assisted: desa binaan from the first day.
        office: of the kecamatan that another office than the default one serves.
        population: people and people of working age, where they are "known".
        referrals, agencies, incident_places: "" stands for nothing written.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    later: tuple[str, ...]
    rare: tuple[str, ...]
    assisted: tuple[str, ...]
    office: Mapping[str, str]
    population: Mapping[str, tuple[int, int]]
    referrals: tuple[str, ...]
    agencies: tuple[str, ...]
    incident_places: tuple[str, ...]


@cache
def facts() -> SampleFacts:
    """Return what the area's own file says, or what can be made up without one."""
    path = area().folder / SAMPLE_FILE
    if not path.is_file():
        return _made_up()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return SampleFacts(
        first=tuple(told["first"]),
        second=tuple(told["second"]),
        later=tuple(told["later"]),
        rare=tuple(told["rare"]),
        assisted=tuple(told["assisted"]),
        office=told["office"],
        population={code: (people, able) for code, (people, able) in told["population"].items()},
        referrals=tuple(told["referrals"]),
        agencies=tuple(told["agencies"]),
        incident_places=tuple(told["incident_places"]),
    )


def _made_up() -> SampleFacts:
    """The kecamatan in the order of their codes, all of the default office."""
    codes = tuple(one.code for one in gazetteer().kecamatan)
    here = area()
    agency, police = f"BP3MI {here.province}", f"Polres {here.short_name}"
    return SampleFacts(
        first=codes[:_FIRST],
        second=codes[_FIRST : _FIRST + _SECOND],
        later=codes[_FIRST + _SECOND :],
        rare=(),
        assisted=(),
        office={},
        population={},
        referrals=(agency, police, "UPTD PPA", "Dinsos", "Disnakertrans", ""),
        agencies=(here.office_name, police, agency, "pemerintah desa"),
        incident_places=(here.name, "Jakarta", "luar negeri", ""),
    )
