"""How many rows an import refused, and who took it back when."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"

# What the audit log says of earlier imports and of their undoing.
_OF_IMPORT = re.compile(r"impor (\d+): ")
_REFUSED = re.compile(r"(\d+) ditolak$")


def upgrade() -> None:
    """Add the columns, and fill them where the audit log tells; elsewhere they stay unknown."""
    rule = sa.CheckConstraint("rejected >= 0")
    op.add_column("imports", sa.Column("rejected", sa.Integer, rule))
    op.add_column("imports", sa.Column("undone_at", sa.Text))
    op.add_column("imports", sa.Column("undone_by", sa.Text))
    imports = sa.table("imports", *map(sa.column, ("id", "rejected", "undone_at", "undone_by")))
    for number, values in _told():
        op.execute(sa.update(imports).where(imports.c.id == number).values(**values))


def _told() -> list[tuple[int, dict[str, object]]]:
    entries = op.get_bind().execute(
        sa.text(
            "SELECT at, actor, action, detail FROM audit_log"
            " WHERE action IN ('impor', 'batal impor') ORDER BY id"
        )
    )
    found: list[tuple[int, dict[str, object]]] = []
    for at, actor, action, detail in entries:
        named, refused = _OF_IMPORT.match(detail), _REFUSED.search(detail)
        if named is None:
            continue
        if action == "batal impor":
            found.append((int(named[1]), {"undone_at": at, "undone_by": actor}))
        elif refused:
            found.append((int(named[1]), {"rejected": int(refused[1])}))
    return found
