"""All tables that a file can fill, by name.

Owns the list; each table is described in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from data_access.errors import UnknownTableError
from data_access.intake.field import Field
from data_access.intake.forms.awareness_sessions import AWARENESS_SESSIONS
from data_access.intake.forms.cases import CASES
from data_access.intake.forms.form import Form
from data_access.intake.forms.kecamatan import KECAMATAN_FORM
from data_access.intake.forms.targets import TARGETS
from data_access.intake.forms.villages import VILLAGES
from data_access.intake.forms.visits import VISITS

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.table: form
        for form in (VISITS, AWARENESS_SESSIONS, CASES, VILLAGES, KECAMATAN_FORM, TARGETS)
    }
)

TABLE_LABELS: Mapping[str, str] = MappingProxyType(
    {table: form.label for table, form in FORMS.items()}
)


def form_of(table: str) -> Form:
    """Return the description of a table.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    if table not in FORMS:
        raise UnknownTableError(table, FORMS)
    return FORMS[table]


@cache
def fields_of(table: str) -> Mapping[str, Field]:
    """Return the fields of a table by name.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    return MappingProxyType({one.name: one for one in form_of(table).fields})
