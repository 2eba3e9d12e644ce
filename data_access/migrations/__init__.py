"""From an older schema to this program's, step by step, with Alembic.

Owns the order of the steps and running them. Each file in ``versions`` is one step; its
revision is the schema version that it leads to, and ``meta`` records the one reached. Steps
spell their tables out: they tell what was, and do not change when `data_access.schema` does.

A step runs inside the caller's transaction with foreign keys enforced, so on SQLite it must
not drop a table that others refer to.
"""

from __future__ import annotations

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError as MigrationError
from sqlalchemy import Connection

from data_access.meta import write_meta

__all__ = ["NOTHING", "MigrationError", "latest", "migrate"]

# What "no tables at all" is called as a starting point.
NOTHING = "base"


def latest() -> str:
    """Return the schema version that the last step leads to."""
    head = _steps().get_current_head()
    assert head is not None
    return head


def migrate(connection: Connection, found: str, wanted: str = "head") -> None:
    """Bring the tables from one version to a later one, and record it.

    Args:
        connection: of a transaction that may create tables and write.
        found: the version that the tables have; ``NOTHING`` for none.
        wanted: the version to reach.

    Raises:
        MigrationError: if there is no way between the two versions.
        sqlalchemy.exc.SQLAlchemyError: if a step fails; nothing of it may then be kept.
    """
    path = list(_steps().iterate_revisions(wanted, found))
    with Operations.context(MigrationContext.configure(connection)):
        for step in reversed(path):
            step.module.upgrade()
    if path:
        write_meta(connection, "schema_version", path[0].revision)


def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent))
