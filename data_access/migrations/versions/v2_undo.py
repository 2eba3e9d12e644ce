"""What undoing an import needs, and that the same file is imported once per table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

_COPIED = (
    "id, table_name, file_name, sha256, actor, imported_at, added, changed, unchanged, state, part"
)
# A second import of a file that stands already becomes a further part of it.
_KEPT = """
    CREATE TABLE imports_kept AS
    SELECT id, table_name, file_name, sha256, actor, imported_at, added, changed, unchanged,
           CASE WHEN state = 'undone' THEN 'undone' ELSE 'done' END AS state,
           ROW_NUMBER() OVER (PARTITION BY table_name, sha256 ORDER BY id) AS part
    FROM imports
"""


def upgrade() -> None:
    """Make ``imports`` anew, since SQLite adds no rule to a table, and add ``import_rows``."""
    op.execute(_KEPT)
    op.drop_table("imports")
    _create_imports()
    op.execute(f"INSERT INTO imports ({_COPIED}) SELECT {_COPIED} FROM imports_kept ORDER BY id")
    op.drop_table("imports_kept")
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('imports', 'id'), max(id)) FROM imports"
            " HAVING max(id) IS NOT NULL"
        )
    _create_import_rows()


def _count(name: str) -> sa.Column[int]:
    rule = sa.CheckConstraint(f"{name} >= 0")
    return sa.Column(name, sa.Integer, rule, nullable=False, server_default="0")


def _create_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        _count("added"),
        _count("changed"),
        _count("unchanged"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False, server_default="1"),
        sa.CheckConstraint("state IN ('done', 'undone')"),
    )
    standing = sa.text("state = 'done'")
    op.create_index(
        "imports_once",
        "imports",
        ["table_name", "sha256", "part"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _create_import_rows() -> None:
    op.create_table(
        "import_rows",
        sa.Column(
            "import_id",
            sa.Integer,
            sa.ForeignKey("imports.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("row_key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("before_json", sa.Text),
        sa.Column("after_json", sa.Text),
        sa.CheckConstraint("kind IN ('added', 'changed', 'unchanged')"),
        sqlite_with_rowid=False,
    )
