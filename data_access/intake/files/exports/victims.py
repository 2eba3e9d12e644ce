"""Repetitions that are people: counted by sex and age where every one of them says both.

Owns the only way in which a list of people becomes numbers. No name, age or other answer of a
person leaves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from data_access.intake.files.exports.table import Table, text
from data_access.intake.files.sheets import header_words
from data_access.intake.model import SheetRow

# In law a child is a person below 18 (UU 35/2014).
_ADULT = 18
_OLDEST = 120

_SEX_TITLES = ({"kelamin"}, {"jk"}, {"sex"}, {"gender"})
_AGE_TITLES = frozenset({"usia", "umur", "age", "dewasa", "kelompok"})
_PERSON_TITLES = frozenset({"nik", "inisial", "paspor", "passport", "usia", "umur", "age"})
_PERSONS = frozenset({"korban", "peserta", "lengkap", "orang", "pmi", "cpmi", "warga"})
_GROUP_TITLES = frozenset({"jumlah", "jml", "banyak", "banyaknya", "total"})
_VICTIM_WORDS = frozenset({"korban", "victim", "victims"})
_SEXES = {
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "female", "f"), "P"),
    **dict.fromkeys(("l", "lk", "laki laki", "laki", "pria", "male", "m"), "L"),
}
_AGES = {
    **dict.fromkeys(("dewasa", "adult", "18", "di atas 18"), False),
    **dict.fromkeys(("anak", "anak anak", "child", "di bawah 18"), True),
}
_COLUMNS = {
    ("P", False): "Korban Perempuan Dewasa",
    ("L", False): "Korban Laki-laki Dewasa",
    ("P", True): "Korban Anak Perempuan",
    ("L", True): "Korban Anak Laki-laki",
}


def is_of_people(repeat: Table) -> bool:
    """Whether each repetition is a person: it has a sex, an age, a name or a number of identity.

    Where people are counted ("Jumlah"), each is a group of them.
    """
    titles = [set(header_words(repeat.header[column])) for column in repeat.questions()]
    if any(words & _GROUP_TITLES for words in titles):
        return False
    return _sex_column(repeat) is not None or any(
        words & _PERSON_TITLES or ("nama" in words and words & _PERSONS) for words in titles
    )


def is_of_victims(repeat: Table) -> bool:
    """Whether the people of a repeat are victims, by its name and its groups."""
    words = {w for title in (repeat.name, *repeat.source.header) for w in header_words(title)}
    return bool(words & _VICTIM_WORDS)


def add_victims(
    main: Table, repeat: Table, children: Mapping[str, Sequence[SheetRow]], link: int
) -> bool:
    """Append the four counts of victims; False where they are not certain.

    Args:
        children: the submission's link -> its people.
        link: column of the link in the main sheet.
    """
    has_counts = any(
        _VICTIM_WORDS & set(header_words(main.header[column])) and _is_number(main, column)
        for column in main.questions()
    )
    sex, age = _sex_column(repeat), _age_column(repeat)
    if not is_of_victims(repeat) or has_counts or sex is None or age is None:
        return False
    kinds = {row.number: _kind(row, sex, age) for row in repeat.rows}
    if not kinds or None in kinds.values():
        return False
    told = {
        key: Counter(kinds[row.number] for row in rows if row.number in kinds)
        for key, rows in children.items()
    }
    for kind, title in _COLUMNS.items():
        main.append(title, partial(_number_of, told, link, kind))
    main.notes.append(
        f"Korban dihitung dari lembar ulangan “{repeat.name}” menurut jenis kelamin dan usia; "
        "isian lain tentang orangnya tidak dibaca."
    )
    return True


def _number_of(
    told: Mapping[str, Counter[tuple[str, bool] | None]],
    link: int,
    kind: tuple[str, bool],
    row: SheetRow,
) -> int | None:
    people = told.get(text(row.values[link]))
    return people[kind] if people else None


def _sex_column(repeat: Table) -> int | None:
    for column in repeat.questions():
        title = set(header_words(repeat.header[column]))
        values = repeat.values(column)
        is_named = any(words <= title for words in _SEX_TITLES)
        if is_named or (values and all(_plain(text(value)) in _SEXES for value in values)):
            return column
    return None


def _age_column(repeat: Table) -> int | None:
    found = [
        column
        for column in repeat.questions()
        if _AGE_TITLES & set(header_words(repeat.header[column]))
        and all(_is_child(text(value)) is not None for value in repeat.values(column))
        and repeat.values(column)
    ]
    return found[0] if len(found) == 1 else None


def _kind(row: SheetRow, sex: int, age: int) -> tuple[str, bool] | None:
    found = _SEXES.get(_plain(text(row.values[sex])))
    is_child = _is_child(text(row.values[age]))
    return None if found is None or is_child is None else (found, is_child)


def _is_child(written: str) -> bool | None:
    """Whether an age or its class is a child's; None where it says neither."""
    if written.isascii() and written.isdigit() and 0 <= int(written) <= _OLDEST:
        return int(written) < _ADULT
    return _AGES.get(_plain(written))


def _is_number(table: Table, column: int) -> bool:
    return any(text(value).isdigit() for value in table.values(column))


def _plain(written: str) -> str:
    return " ".join(header_words(written))
