"""The tables of the programme, once for SQLite and PostgreSQL.

Owns table and column names and the words that coded columns may hold. Dates are ISO text
("2025-01-31"), so that a month is a prefix and both databases compare them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

# Each version is one step in `data_access.migrations`; a change of the tables below adds one.
SCHEMA_VERSION = "5"

# What stands for an office where nobody has said which it is; it is none of `offices`.
UNKNOWN_OFFICE = "unknown"

# Outcome of a visit; "tidak_terjangkau" (the desa was not reached) is no qualifying visit.
NOT_REACHED = "tidak_terjangkau"
OUTCOMES = ("nihil", "temuan", "tindak_lanjut", NOT_REACHED)
VERIFICATIONS = ("dilaporkan", "terverifikasi", "tidak_terbukti")

# An import stands, or was taken back.
IMPORT_DONE, IMPORT_UNDONE = "done", "undone"
# What an import did to a row; an unchanged row was in its file and already so in the store.
ROW_ADDED, ROW_CHANGED, ROW_UNCHANGED = "added", "changed", "unchanged"

# What officers answered once: how a form is read, which area a written name means, and which
# area a spelling in boundary files means.
PROFILE, PLACE, SPELLING = "profile", "place", "spelling"
# An answer stands until a later one to the same question, or until it is forgotten.
ANSWER_KEPT, ANSWER_FORGOTTEN = "kept", "forgotten"

# Usual words of open columns, in the order people read them; files may bring others.
STAGES = ("laporan", "LP", "penyelidikan", "penyidikan", "P21", "putusan", "dihentikan")
CHANNELS = ("datang langsung", "telepon", "WhatsApp", "surat", "e-Pengaduan", "medsos", "petugas")
PILLARS = ("Layanan", "Pengetahuan", "Keamanan")

metadata = MetaData()


def _iso_date(name: str, *, nullable: bool = True) -> Column[str]:
    return Column(name, String(10), nullable=nullable)


def _count(name: str) -> Column[int]:
    return Column(
        name, Integer, CheckConstraint(f"{name} >= 0"), nullable=False, server_default="0"
    )


def _one_of(name: str, words: tuple[str, ...]) -> CheckConstraint:
    listing = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{name} IN ({listing})")


# The immigration offices of the area; the store keeps those of `area.toml` up to date in it.
offices = Table(
    "offices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

kecamatan = Table(
    "kecamatan",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("name", Text, nullable=False),
    # The id of an office, or the word for none: intake and the page Data let in no other.
    Column("office", Text, nullable=False, server_default=UNKNOWN_OFFICE),
    Column("population", Integer),
    Column("population_male", Integer),
    Column("population_female", Integer),
    Column("working_age", Integer),
    Column("population_year", Integer),
    Column("population_source", Text),
)

villages = Table(
    "villages",
    metadata,
    Column("code", String(13), primary_key=True),
    Column("kecamatan_code", String(8), ForeignKey("kecamatan.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("is_assisted", Boolean, nullable=False, server_default=false()),
    _iso_date("assisted_since"),
    Column("decree_number", Text),
    Column("pimpasa", Text),
    # Lets events prove that their desa lies in their kecamatan.
    UniqueConstraint("code", "kecamatan_code"),
)

visits = Table(
    "visits",
    metadata,
    Column("source_key", Text, primary_key=True),
    _iso_date("visited_on", nullable=False),
    Column("village_code", String(13)),
    Column("kecamatan_code", String(8), ForeignKey("kecamatan.code"), nullable=False),
    Column("pimpasa", Text),
    Column("purpose", Text),
    Column("pillar", Text),
    Column("outcome", Text, nullable=False),
    Column("evidence", Text),
    Column("latitude", Numeric(8, 5, asdecimal=False)),
    Column("longitude", Numeric(8, 5, asdecimal=False)),
    ForeignKeyConstraint(
        ["village_code", "kecamatan_code"], ["villages.code", "villages.kecamatan_code"]
    ),
    _one_of("outcome", OUTCOMES),
    Index("visits_by_day", "visited_on"),
)

awareness_sessions = Table(
    "awareness_sessions",
    metadata,
    Column("source_key", Text, primary_key=True),
    _iso_date("held_on", nullable=False),
    Column("kecamatan_code", String(8), ForeignKey("kecamatan.code"), nullable=False),
    Column("topic", Text),
    Column("audience", Text),
    _count("male"),
    _count("female"),
    Column("pre_score", Float),
    Column("post_score", Float),
    _count("tested"),
    Index("sessions_by_day", "held_on"),
)

session_villages = Table(
    "session_villages",
    metadata,
    Column(
        "session_key",
        Text,
        ForeignKey("awareness_sessions.source_key", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("village_code", String(13), ForeignKey("villages.code"), primary_key=True),
)

cases = Table(
    "cases",
    metadata,
    Column("source_key", Text, primary_key=True),
    _iso_date("reported_on", nullable=False),
    _iso_date("occurred_on"),
    Column("origin_kecamatan_code", String(8), ForeignKey("kecamatan.code")),
    Column("origin_village_code", String(13)),
    Column("incident_place", Text),
    Column("is_tppo", Boolean, nullable=False, server_default=false()),
    Column("is_tppm", Boolean, nullable=False, server_default=false()),
    Column("is_pmi_np", Boolean, nullable=False, server_default=false()),
    Column("verification", Text, nullable=False, server_default="dilaporkan"),
    Column("stage", Text),
    Column("channel", Text),
    Column("modus", Text),
    Column("lure", Text),
    Column("destination_country", String(2)),
    _count("women"),
    _count("men"),
    _count("girls"),
    _count("boys"),
    Column("referred_to", Text),
    _iso_date("first_action_on"),
    _iso_date("closed_on"),
    Column("source_agency", Text),
    ForeignKeyConstraint(
        ["origin_village_code", "origin_kecamatan_code"],
        ["villages.code", "villages.kecamatan_code"],
    ),
    # A composite foreign key is not checked while one of its columns is empty.
    CheckConstraint("origin_village_code IS NULL OR origin_kecamatan_code IS NOT NULL"),
    _one_of("verification", VERIFICATIONS),
    Index("cases_by_day", "reported_on"),
)

targets = Table(
    "targets",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("indicator", Text, primary_key=True),
    # Empty text stands for the whole kabupaten: a key column cannot be null.
    Column("kecamatan_code", String(8), primary_key=True, server_default=""),
    Column("value", Float, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("actor", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    _count("added"),
    _count("changed"),
    _count("unchanged"),
    Column("state", Text, nullable=False),
    # More than 1 where rows of the same file followed later, once they were understood.
    Column("part", Integer, nullable=False, server_default="1"),
    # Rows that were not taken; unknown of imports that an earlier program made.
    Column("rejected", Integer, CheckConstraint("rejected >= 0")),
    Column("undone_at", Text),
    Column("undone_by", Text),
    _one_of("state", (IMPORT_DONE, IMPORT_UNDONE)),
    Index(
        "imports_once",
        "table_name",
        "sha256",
        "part",
        unique=True,
        sqlite_where=text(f"state = '{IMPORT_DONE}'"),
        postgresql_where=text(f"state = '{IMPORT_DONE}'"),
    ),
)

# Every row that an import brought, with what undoing it needs: the columns that changed as they
# were and as they became (JSON); both empty where the row was added or unchanged. A row that was
# said to be one that is stored under another key is unchanged, and ``before_json`` names that
# key. An import that was undone has no rows here.
import_rows = Table(
    "import_rows",
    metadata,
    Column("import_id", Integer, ForeignKey("imports.id"), primary_key=True, autoincrement=False),
    Column("row_key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("before_json", Text),
    Column("after_json", Text),
    _one_of("kind", (ROW_ADDED, ROW_CHANGED, ROW_UNCHANGED)),
    sqlite_with_rowid=False,
)

# What officers answered, newest last; of the answers kept to one question the newest counts.
remembered = Table(
    "remembered",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    # What was asked, reduced to what two ways of writing it share.
    Column("subject", Text, nullable=False),
    # A code, for a profile JSON.
    Column("answer", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    _one_of("kind", (PROFILE, PLACE, SPELLING)),
    _one_of("state", (ANSWER_KEPT, ANSWER_FORGOTTEN)),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# What the store knows about itself; `data_access.meta` lists the keys.
meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# The tables of the programme, in the order in which rows may be inserted.
TABLES: tuple[Table, ...] = (
    kecamatan,
    villages,
    visits,
    awareness_sessions,
    session_villages,
    cases,
    targets,
    offices,
    imports,
    import_rows,
    remembered,
    audit_log,
)
