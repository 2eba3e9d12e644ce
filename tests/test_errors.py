"""Every error that reaches a person keeps its facts and states one sentence over them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from operator import attrgetter
from string import Formatter

import pytest

import data_access
import geo
from data_access.errors import SampleRefusedError, UnknownKecamatanError
from data_access.intake.cells.numbers import NotANumberError
from data_access.intake.cells.personal import MASK
from data_access.intake.files.errors import HeaderNotFoundError
from geo.area import area
from geo.telling import WAYS, TellingError

# Programs that run on their own; importing them starts nothing but is of no use here.
_PROGRAMS = ("__main__", "limited_child")


def every_error(root: type[TellingError] = TellingError) -> Iterator[type[TellingError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from every_error(kind)


for room in (geo, data_access):
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if not module.name.endswith(_PROGRAMS):
            import_module(module.name)

TOLD = sorted(
    {kind for kind in every_error() if hasattr(kind, "sentence")}, key=lambda kind: kind.__name__
)
# A root only groups; whoever raised one would have nothing to say.
ROOTS = {kind for kind in every_error() if not hasattr(kind, "sentence")}


def test_only_classes_that_others_build_on_have_no_sentence() -> None:
    assert [kind.__name__ for kind in ROOTS if not kind.__subclasses__()] == []


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
def test_a_sentence_names_only_facts_of_its_error(kind: type[TellingError]) -> None:
    known = {field.name for field in fields(kind)} | set(dir(kind))  # type: ignore[arg-type]
    for _, name, way, _ in Formatter().parse(kind.sentence):
        if name is not None:
            assert name.split(".")[0] in known
            assert not name.startswith("area.") or attrgetter(name[5:])(area()) is not None
            assert not way or way in WAYS or way.startswith(("%", "."))


def test_no_error_that_reaches_a_person_is_built_by_hand() -> None:
    by_hand = [kind.__name__ for kind in TOLD if "__str__" in vars(kind)]
    assert by_hand == []


def test_an_error_keeps_its_facts() -> None:
    error = UnknownKecamatanError("36.04.99")
    assert error.code == "36.04.99"
    assert str(error) == (
        "Kode kecamatan “36.04.99” tidak ada di Kabupaten Serang. Contoh kode: 36.04.12."
    )


def test_a_listing_is_written_once_more_each_time() -> None:
    error = SampleRefusedError({"visits": 3, "cases": 1})
    assert str(error) == str(error)
    assert "visits (3 baris), cases (1 baris)" in str(error)


def test_a_long_listing_counts_the_rest() -> None:
    sheets = [f"L{number}" for number in range(7)]
    assert "“L4” dan 2 lembar lain." in str(HeaderNotFoundError("a.xlsx", sheets))


def test_the_representation_shows_no_personal_data() -> None:
    error = NotANumberError("3604125207990003")
    assert MASK in repr(error)
    assert "3604125207990003" not in repr(error)
