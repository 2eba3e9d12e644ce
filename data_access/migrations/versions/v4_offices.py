"""Offices are rows of a table of their own, and no rule names them any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from geo.area import area

revision = "4"
down_revision = "3"

_COLUMNS = (
    "code, name, office, population, population_male, population_female, working_age, "
    "population_year, population_source"
)


def upgrade() -> None:
    """Add ``offices`` with those of the area, and take the rule off ``kecamatan.office``."""
    offices = op.create_table(
        "offices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.bulk_insert(offices, [{"id": one.id, "name": one.name} for one in area().offices])
    if op.get_context().dialect.name == "sqlite":
        _make_kecamatan_anew()
    else:
        _drop_rules()


def _make_kecamatan_anew() -> None:
    """SQLite drops no rule of a table that stands.

    Events refer to the rows meanwhile gone: they are looked at again when all is kept.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE kecamatan_kept AS SELECT {_COLUMNS} FROM kecamatan")
    op.drop_table("kecamatan")
    op.create_table(
        "kecamatan",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False, server_default="unknown"),
        sa.Column("population", sa.Integer),
        sa.Column("population_male", sa.Integer),
        sa.Column("population_female", sa.Integer),
        sa.Column("working_age", sa.Integer),
        sa.Column("population_year", sa.Integer),
        sa.Column("population_source", sa.Text),
    )
    op.execute(f"INSERT INTO kecamatan ({_COLUMNS}) SELECT {_COLUMNS} FROM kecamatan_kept")
    op.drop_table("kecamatan_kept")


def _drop_rules() -> None:
    for rule in sa.inspect(op.get_bind()).get_check_constraints("kecamatan"):
        op.drop_constraint(str(rule["name"]), "kecamatan", type_="check")
