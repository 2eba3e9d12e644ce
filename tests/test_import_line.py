"""Imports point down one line, app -> pages -> data_access -> geo, and along these contracts.

Every module belongs to the first row that names it; "x.*" is a package with all below it.
A row lists whom its modules may import: other rows by their name, ".y" for a neighbour in the
same package, "x.*" also for all rows below x, and "itself" where they may import each other.
What everybody may import stands at the bottom: those modules' own rows say all that they may.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.import_graph import Graph, circles, import_graph, imported_names, modules_of

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "pages", "data_access", "geo")

TABLE = """
everybody                         -> geo.errors geo.area geo.telling geo.notation geo.legible
                                     geo.scratch

app                               -> pages.server.* pages.server.answers pages.server.border
                                     pages.server.errors
                                     pages.server.headers pages.server.leftovers
                                     pages.server.served pages.server.uploads data_access.errors

pages.data                        -> pages.components.* pages.components.texts.*
                                     pages.panels.data.*
                                     pages.panels.data.first_use
pages.panels.data.first_use       -> pages.panels.data.* pages.components.*
                                     pages.components.texts.*
                                     data_access.errors data_access.inventory data_access.sample.*
pages.panels.data.*               -> itself pages.components.* pages.components.context
                                     pages.components.uploads
                                     pages.components.texts.*
                                     data_access.store data_access.settings data_access.errors
                                     data_access.inventory data_access.preferences
                                     data_access.sample.* data_access.intake.*
                                     data_access.numbers.selection data_access.numbers.indicators
                                     data_access.meta data_access.numbers.records geo.*
pages.panels.*                    -> pages.components.* pages.components.context
                                     pages.components.texts.*
                                     pages.components.maps.geometry data_access.numbers.indicators
                                     data_access.numbers.selection data_access.numbers.attention
                                     data_access.numbers.shown_cases data_access.numbers.small
                                     data_access.errors data_access.numbers.records geo.*
pages.components.texts.*          ->
pages.components.uploads          -> pages.components.*
pages.components.context          -> pages.components.* pages.components.texts.*
                                     data_access.boundaries_in_use
                                     data_access.intake.opening data_access.numbers.door
                                     data_access.numbers.loading data_access.numbers.rollup
                                     data_access.preferences data_access.sample.*
                                     data_access.errors data_access.health data_access.settings
                                     data_access.store data_access.numbers.selection geo.*
pages.components.outage           -> pages.components.* pages.components.context
                                     pages.components.texts.*
                                     data_access.errors data_access.settings
pages.components.maps.geometry    -> data_access.boundaries_in_use data_access.settings
                                     data_access.numbers.indicators data_access.numbers.records
                                     geo.*
pages.components.*                -> itself pages.components.context pages.components.maps.geometry
                                     pages.components.texts.*
                                     pages.server.assets data_access.errors
                                     data_access.numbers.arrays data_access.numbers.door
                                     data_access.numbers.indicators data_access.numbers.selection
                                     data_access.numbers.attention data_access.numbers.records
                                     data_access.numbers.shown_cases data_access.numbers.small
                                     data_access.settings geo.*
pages.server.assets               -> pages.server.meanings geo.*
pages.server.health               -> pages.components.context data_access.errors
                                     data_access.settings
pages.server.meanings             -> data_access.numbers.indicators
pages.server.errors               -> pages.components.* data_access.errors
pages.server.leftovers            -> .uploads pages.components.uploads
pages.server.uploads              -> .answers pages.components.uploads
pages.server.border               -> .answers .served
pages.server.answers              -> .headers data_access.errors
pages.server.headers              -> .served
pages.server.served               -> data_access.errors data_access.settings
pages.server.*                    -> pages.server.assets pages.server.health
                                     pages.server.answers
                                     pages.panels.* pages.components.context
                                     pages.components.maps.geometry data_access.boundaries_in_use
                                     data_access.errors data_access.settings geo.*
pages.shell                       -> pages.components.* pages.components.context
                                     pages.components.outage pages.components.uploads
                                     pages.components.texts.*
                                     data_access.errors data_access.settings
pages.*                           -> pages.panels.* pages.panels.data.first_use pages.components.*
                                     pages.components.context

data_access.__main__              -> .cli
data_access.cli                   -> .errors .meta .move .output .preferences .sample.* .schema
                                     .settings .store data_access.intake.cli
                                     data_access.intake.opening
                                     data_access.numbers.indicators data_access.numbers.loading
                                     data_access.numbers.rollup data_access.numbers.selection
                                     geo.command_line geo.gazetteer
data_access.output                -> .settings .store data_access.intake.writing.* geo.matching
data_access.move                  -> .bulk .errors .fingerprint .schema .settings .store
                                     data_access.intake.opening
data_access.boundaries_in_use     -> .errors .settings .store data_access.intake.opening
                                     data_access.intake.writing.* geo.boundaries geo.matching
data_access.inventory             -> .schema .store
data_access.preferences           -> .audit .errors .meta .schema .store geo.gazetteer
data_access.audit                 -> .errors .schema .settings .store
data_access.store                 -> .errors .explaining .meta .migrations.* .schema .settings
                                     .store_drafts .store_file .store_server geo.gazetteer
data_access.store_drafts          -> .errors .explaining .schema .settings .store_file
data_access.store_file            -> .errors
data_access.store_server          -> .errors .store_file
data_access.explaining            -> .errors
data_access.health                -> .errors .meta .schema .settings .store
data_access.migrations.*          -> .meta
data_access.fingerprint           -> .bulk
data_access.meta                  -> .schema
data_access.settings              -> .errors geo.sources
data_access.schema                ->
data_access.errors                ->
data_access.bulk                  ->

data_access.intake.cli            -> .memory_cli .steps .opening .writing.* .forms.* .files.* .signs
                                     .model .questions data_access.intake.limited.file
                                     data_access.errors data_access.output
                                     data_access.sample.* data_access.settings data_access.store
                                     geo.command_line
data_access.intake.limited.file   -> .answers .crossing .server .tasks
                                     data_access.intake.files.*
                                     data_access.intake.forms.* data_access.intake.model
                                     data_access.intake.questions data_access.intake.steps
                                     data_access.intake.writing.* data_access.settings
data_access.intake.limited.server -> data_access.intake.limited .limits
                                     data_access.intake.files.*
data_access.intake.limited.__main__ -> .limits .tasks geo.gazetteer
data_access.intake.limited.tasks  -> .answers .crossing data_access.errors
                                     data_access.intake.files.* data_access.intake.forms.*
                                     data_access.intake.model data_access.intake.questions
                                     data_access.intake.steps data_access.intake.writing.*
                                     data_access.settings
data_access.intake.limited.answers -> .crossing data_access.errors data_access.schema
                                     data_access.intake.files.* data_access.intake.forms.*
                                     data_access.intake.model data_access.intake.questions
                                     data_access.intake.steps data_access.intake.writing.*
data_access.intake.limited.crossing -> data_access.intake.questions
data_access.intake.limited.limits -> geo.limiting
data_access.intake.limited        ->
data_access.intake.memory_cli     -> .writing.* data_access.store geo.command_line
data_access.intake.steps          -> .rows.* .writing.* .forms.* .cells.* .files.* .model .questions
                                     data_access.settings data_access.store
data_access.intake.opening        -> .writing.* data_access.errors data_access.settings
                                     data_access.store
data_access.intake.rows.*         -> itself .writing.* .forms.* .cells.* .files.* .field .signs
                                     .model .questions data_access.numbers.indicators
                                     data_access.schema geo.gazetteer geo.matching
data_access.intake.writing.*      -> itself .forms.* .cells.* .files.* .model .questions
                                     data_access.audit data_access.bulk data_access.errors
                                     data_access.meta data_access.sample.* data_access.schema
                                     data_access.store geo.gazetteer geo.matching
data_access.intake.forms.*        -> itself .cells.* .files.* .field .signs .model .questions
                                     data_access.errors data_access.numbers.indicators
                                     data_access.schema geo.gazetteer geo.matching
                                     geo.palette
data_access.intake.cells.*        -> itself .field .signs .model .questions data_access.settings
                                     data_access.numbers.indicators data_access.schema geo.gazetteer
                                     geo.matching
data_access.intake.files.*        -> itself .signs .model data_access.errors data_access.settings
                                     geo.gazetteer geo.matching
data_access.intake.signs          -> .model
data_access.intake.model          -> .questions
data_access.intake.questions      -> data_access.errors
data_access.intake.field          ->

data_access.sample.*              -> itself data_access.audit data_access.bulk data_access.errors
                                     data_access.meta data_access.schema data_access.store
                                     data_access.numbers.selection geo.gazetteer

data_access.numbers.door          -> .attention .shown_cases .small .details .urgency .sessions
                                     .visits .records .indicators .view .rollup .selection .arrays
                                     data_access.errors data_access.store
data_access.numbers.urgency       -> .indicators .visits .rollup .selection geo.classes
data_access.numbers.attention     -> .indicators .view .rollup .selection .records .small
data_access.numbers.shown_cases   -> .cases .small .records .indicators .view .rollup .selection
                                     .arrays data_access.schema
data_access.numbers.details       -> .selection data_access.audit data_access.store
data_access.numbers.small         -> geo.classes
data_access.numbers.cases         -> .frames .view .rollup .selection .queries .arrays
                                     data_access.errors
data_access.numbers.sessions      -> .frames .view .rollup .selection .arrays
data_access.numbers.visits        -> .frames .view .rollup .selection .arrays data_access.schema
                                     data_access.store
data_access.numbers.indicators    -> .view .rollup .selection .arrays .records data_access.errors
                                     geo.gazetteer
data_access.numbers.records       -> .view .rollup .selection .arrays
data_access.numbers.frames        -> .view .arrays
data_access.numbers.view          -> .rollup .selection .arrays
data_access.numbers.loading       -> .queries .rollup .selection .arrays data_access.errors
                                     data_access.meta data_access.schema data_access.store
                                     geo.gazetteer
data_access.numbers.rollup        -> .arrays data_access.schema data_access.settings
data_access.numbers.queries       -> data_access.schema
data_access.numbers.selection     -> data_access.errors
data_access.numbers.arrays        ->

geo.boundaries                    -> geo.boundaries.inspecting geo.boundaries.model
                                     geo.boundaries.reading geo.boundaries.report
                                     geo.boundaries.storage
geo.boundaries.storage            -> .formats .inspecting .model .reading .report geo.gazetteer
                                     geo.matching
geo.boundaries.limited_child      -> .answers .reading .rehearsal geo.confined geo.limits
                                     geo.limiting
geo.boundaries.inspecting         -> .answers .limited .model .reading .report geo.limits
                                     geo.matching
geo.boundaries.rehearsal          -> .model .reading geo.layers geo.limits
geo.boundaries.answers            -> .evidence .model .reading .report geo.matching
geo.boundaries.reading            -> .findings .formats .model .placing .raw .repair .report .rows
                                     .settling .tables .weighing geo.gazetteer geo.matching
geo.boundaries.weighing           -> .evidence .findings .placement geo.gazetteer geo.matching
geo.boundaries.settling           -> .evidence .findings .parts .placement .report .rows .tables
                                     geo.gazetteer geo.matching
geo.boundaries.placing            -> .findings .placement .raw .repair .tables
geo.boundaries.tables             -> .columns .raw .repair .rows .schemas geo.gazetteer geo.matching
geo.boundaries.findings           -> .report .rows geo.matching
geo.boundaries.report             -> .evidence geo.gazetteer geo.matching
geo.boundaries.parts              -> .evidence .rows geo.matching
geo.boundaries.evidence           -> .model .placement geo.gazetteer geo.matching
geo.boundaries.columns            -> .raw .rows geo.gazetteer geo.matching geo.written
geo.boundaries.rows               -> geo.matching geo.written
geo.boundaries.repair             -> .placement geo.matching
geo.boundaries.formats            -> .archives .drivers .joining .json_files .kml .raw
geo.boundaries.joining            -> .placement .raw
geo.boundaries.drivers            -> .json_files .limited .raw geo.limits
geo.boundaries.kml                -> .json_files .raw geo.limits
geo.boundaries.json_files         -> .raw .topojson geo.limits
geo.boundaries.topojson           -> .raw geo.limits
geo.boundaries.archives           -> geo.limits
geo.boundaries.limited            -> geo.limits
geo.boundaries.placement          -> geo.gazetteer
geo.boundaries.indicative         -> geo.gazetteer
geo.boundaries.model              -> .indicative geo.gazetteer
geo.boundaries.raw                ->
geo.boundaries.schemas            ->

geo.__main__                      -> .cli
geo.cli                           -> .boundaries .command_line .matching .name_lists .sources
                                     geo.boundaries.formats geo.boundaries.placement
geo.svg_map                       -> .classes .fonts .layers .palette
geo.classes                       -> .palette
geo.layers                        -> .gazetteer geo.boundaries.model geo.boundaries.repair
geo.matching                      -> .gazetteer .written
geo.written                       -> .gazetteer
geo.name_lists                    ->
geo.command_line                  ->
geo.sources                       ->
geo.gazetteer                     ->
geo.notation                      ->
geo.legible                       ->
geo.limits                        ->
geo.limiting                      ->
geo.confined                      ->
geo.scratch                       ->
geo.fonts                         ->
geo.palette                       ->
geo.errors                        -> .area .telling
geo.area                          -> .telling
geo.telling                       -> .legible .notation
"""

# What holds the records themselves, or cells that are nearly single records.
RECORDS = frozenset(
    {
        "data_access.store",
        "data_access.schema",
        "data_access.numbers.rollup",
        "data_access.numbers.queries",
        "data_access.numbers.loading",
        "data_access.numbers.view",
    }
)
# The only places of the pages that may know them.
KEEPERS = ("pages.components.context", "pages.panels.data.*")

Contracts = Mapping[str, tuple[str, ...]]
EVERYBODY = "everybody"


# --- the table -----------------------------------------------------------------------------


def contracts_of(table: str) -> dict[str, tuple[str, ...]]:
    """Read a table of contracts: row -> the rows it may import."""
    allowed = _rows_of(table)
    bottom = allowed.pop(EVERYBODY, [])
    return {
        row: _spelled_out(row, targets if row in bottom else [*targets, *bottom], allowed)
        for row, targets in allowed.items()
    }


def _rows_of(table: str) -> dict[str, list[str]]:
    """Read the table as it is written."""
    rows: dict[str, list[str]] = {}
    row = ""
    for line in filter(str.strip, table.splitlines()):
        name, arrow, targets = line.rpartition("->")
        if arrow:
            row = name.strip()
            assert row not in rows, f"{row} stands in the table twice"
            rows[row] = []
        rows[row] += (targets if arrow else line).split()
    return rows


def _spelled_out(row: str, targets: list[str], rows: Mapping[str, object]) -> tuple[str, ...]:
    package = row.removesuffix(".*").rpartition(".")[0]
    found: list[str] = []
    for target in targets:
        name = {"itself": row}.get(target, package + target if target[0] == "." else target)
        below = [one for one in rows if one.startswith(name.removesuffix("*"))]
        assert name in rows or (name.endswith("*") and below), f"{row}: no row {target}"
        found += [name] if name in rows else below
    return tuple(found)


def row_of(module: str, contracts: Contracts) -> str | None:
    """Return the row that a module belongs to."""
    return next((row for row in contracts if _holds(row, module)), None)


def _holds(row: str, module: str) -> bool:
    return module == row or (row.endswith(".*") and f"{module}.".startswith(row[:-1]))


def breaches(graph: Graph, contracts: Contracts) -> list[str]:
    """Tell every arrow that no contract allows, and every module without a row."""
    told: list[str] = []
    for module, targets in graph.items():
        row = row_of(module, contracts)
        if row is None and (targets or any(module in others for others in graph.values())):
            told.append(f"{module} has no row in the table")
        told += [
            f"{module} -> {target} (row {row_of(target, contracts)}) is not in the row {row}"
            for target in sorted(targets)
            if row and row_of(target, contracts) not in contracts[row]
        ]
    return told


def keepers_passed_over(graph: Graph) -> list[str]:
    """Tell every file of the pages that reaches for the records without being their keeper."""
    return [
        f"{module} -> {target}"
        for module, targets in graph.items()
        if module.split(".")[0] == "pages" and not any(_holds(one, module) for one in KEEPERS)
        for target in sorted(targets & RECORDS)
    ]


def behind_the_door(path: Path) -> set[str]:
    """Return what a file takes of the private parts of the door `Numbers`."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} & {"_rollup", "_store"}


MODULES = modules_of(ROOT, ROOMS)
GRAPH = import_graph(MODULES)
CONTRACTS = contracts_of(TABLE)
BOTTOM = frozenset(_rows_of(TABLE)[EVERYBODY])


def test_every_import_is_in_the_table() -> None:
    told = breaches(GRAPH, CONTRACTS)
    assert not told, "\n".join(told)


def test_no_file_of_the_pages_but_the_keepers_knows_the_records() -> None:
    assert keepers_passed_over(GRAPH) == []


def test_no_file_of_the_pages_looks_behind_the_door() -> None:
    pages = [path for module, path in MODULES.items() if module.split(".")[0] == "pages"]
    assert {path: found for path in pages if (found := behind_the_door(path))} == {}


def test_no_module_imports_itself_round_about() -> None:
    assert circles(GRAPH) == []


def test_every_row_names_something_that_is_there() -> None:
    assert {row_of(module, CONTRACTS) for module in MODULES} - {None} == set(CONTRACTS)


def test_the_table_below_the_pages_allows_nothing_that_nobody_needs() -> None:
    needed: dict[str | None, set[str | None]] = {}
    for module, targets in GRAPH.items():
        rows = {row_of(target, CONTRACTS) for target in targets}
        needed.setdefault(row_of(module, CONTRACTS), set()).update(rows)
    below = {
        row: set(allowed)
        for row, allowed in CONTRACTS.items()
        if row.split(".")[0] in ("data_access", "geo")
    }
    idle = {row: allowed - needed[row] - BOTTOM for row, allowed in below.items()}
    assert {row: rows for row, rows in idle.items() if rows} == {}


def test_the_table_points_down_the_line() -> None:
    places = {room: place for place, room in enumerate(ROOMS)}
    for row, targets in CONTRACTS.items():
        assert all(places[row.split(".")[0]] <= places[one.split(".")[0]] for one in targets), row


@pytest.mark.parametrize("module", MODULES)
def test_only_app_and_pages_know_streamlit(module: str) -> None:
    packages = {name.split(".")[0] for name in imported_names(MODULES[module])}
    screen = packages & {"streamlit", "streamlit_folium", "plotly"}
    assert not screen or module.split(".")[0] in {"app", "pages"}


# --- the checkers themselves, on small made-up files -----------------------------------------

Write = Callable[[Mapping[str, str]], dict[str, set[str]]]


@pytest.fixture
def graph_of(tmp_path: Path) -> Write:
    """Write modules and return who imports whom."""

    def write(sources: Mapping[str, str]) -> dict[str, set[str]]:
        for module, source in sources.items():
            path = tmp_path.joinpath(*module.split(".")).with_suffix(".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return import_graph(modules_of(tmp_path, ROOMS))

    return write


RECORD_MODULES = dict.fromkeys(RECORDS, "")
REACHING = (
    "from data_access.store import Store",
    "import data_access.store",
    "import data_access.store as kept",
    "from data_access import store",
    "from data_access.numbers import queries, rollup",
    "def draw():\n    from data_access.numbers.rollup import Rollup",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from data_access.numbers import view",
)


@pytest.mark.parametrize("source", REACHING)
@pytest.mark.parametrize("module", ["pages.cases", "pages.panels.cases", "pages.components.words"])
def test_a_page_that_reaches_for_the_records_is_told(
    graph_of: Write, module: str, source: str
) -> None:
    told = keepers_passed_over(graph_of({**RECORD_MODULES, module: source}))
    assert told and all(line.startswith(f"{module} -> data_access.") for line in told)


def test_a_page_that_looks_behind_the_door_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cases.py"
    path.write_text("def draw(page):\n    return page.numbers._rollup.cases", encoding="utf-8")
    assert behind_the_door(path) == {"_rollup"}


@pytest.mark.parametrize("module", ["pages.components.context", "pages.panels.data.settings"])
def test_the_keepers_may_know_the_records(graph_of: Write, module: str) -> None:
    assert keepers_passed_over(graph_of({**RECORD_MODULES, module: REACHING[0]})) == []


def test_a_name_that_only_begins_like_a_keeper_is_none(graph_of: Write) -> None:
    graph = graph_of({**RECORD_MODULES, "pages.panels.data_sheet": REACHING[0]})
    assert keepers_passed_over(graph) == ["pages.panels.data_sheet -> data_access.store"]


@pytest.mark.parametrize(
    ("module", "source", "target"),
    [
        ("pages.panels.cases", "from pages.panels import overview", "pages.panels.overview"),
        ("pages.overview", "from pages.panels.data import settings", "pages.panels.data.settings"),
        ("pages.server.assets", "import pages.server.routes", "pages.server.routes"),
        ("pages.components.words", "import pages.server.routes", "pages.server.routes"),
        ("data_access.store", "import data_access.numbers.door", "data_access.numbers.door"),
        ("data_access.intake.cells.dates", "import data_access.intake.forms.form",
         "data_access.intake.forms.form"),
        ("geo.errors", "import data_access.errors", "data_access.errors"),
    ],
)  # fmt: skip
def test_an_arrow_that_is_not_in_the_table_is_told(
    graph_of: Write, module: str, source: str, target: str
) -> None:
    told = breaches(graph_of({target: "", module: source}), CONTRACTS)
    assert [line.split(" (")[0] for line in told] == [f"{module} -> {target}"]


def test_a_module_without_a_row_is_told(graph_of: Write) -> None:
    graph = graph_of({"geo.errors": "", "geo.rivers": "import geo.errors"})
    assert breaches(graph, CONTRACTS) == ["geo.rivers has no row in the table"]


@pytest.mark.parametrize(
    "sources",
    [
        {"geo.a": "import geo.b", "geo.b": "import geo.a"},
        {"geo.a": "from geo import b", "geo.b": "def late():\n    from geo.a import x"},
        {"geo.a": "import geo.b", "geo.b": "import geo.c", "geo.c": "import geo.a"},
    ],
)
def test_a_circle_is_told(graph_of: Write, sources: Mapping[str, str]) -> None:
    outside = {"geo.above": "import geo.a", "geo.below": "", **sources}
    outside["geo.a"] += "\nimport geo.below"
    assert circles(graph_of(outside)) == [sorted(sources)]


def test_two_circles_are_told_apart(graph_of: Write) -> None:
    graph = graph_of(
        {
            "geo.a": "import geo.b",
            "geo.b": "import geo.a, geo.way",
            "geo.way": "import geo.c",
            "geo.c": "import geo.d",
            "geo.d": "import geo.c",
        }
    )
    assert circles(graph) == [["geo.a", "geo.b"], ["geo.c", "geo.d"]]


def test_a_line_is_no_circle(graph_of: Write) -> None:
    graph = graph_of({"geo.a": "import geo.b", "geo.b": "import geo.c", "geo.c": ""})
    assert circles(graph) == []


def test_what_stands_at_the_bottom_is_everybody_s_but_its_own() -> None:
    table = "everybody -> geo.errors geo.area\ngeo.errors -> geo.area\ngeo.area ->\ngeo.cli ->"
    assert contracts_of(table) == {
        "geo.errors": ("geo.area",),
        "geo.area": (),
        "geo.cli": ("geo.errors", "geo.area"),
    }


def test_a_row_that_a_wider_one_hides_is_not_read() -> None:
    table = "pages.*  ->\npages.panels.*  -> pages.*"
    assert row_of("pages.panels.cases", contracts_of(table)) == "pages.*"


def test_a_target_without_a_row_is_refused() -> None:
    with pytest.raises(AssertionError, match="no row"):
        contracts_of("geo.a -> .b")
