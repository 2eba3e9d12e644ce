"""The process that takes foreign spreadsheets apart, with its hands tied.

Its limits come first, then it judges the container and streams every sheet of an xlsx or ods
into `OUT_DIR/rows.jsonl`, one JSON value a line:

    {"sheet": name, "hidden": bool, "is_1904": bool}   a sheet begins
    [number, value, ...]       a row that holds something, from column A on
    {"merges": [[r1, c1, r2, c2], ...],                merged ranges, 1-based, inclusive
     "rows": [number, ...],                            hidden rows that hold something
     "columns": [[first, last], ...]}                  hidden columns, 1-based, inclusive
    {"end": kind}              the last line; kind is "xlsx" or "ods"

A value is null, text, a number, a bool, {"d": ISO date}, {"t": ISO date and time} or
{"e": text of an error}. What a percent format shows is text ("54,5%"), and so is a day that is
the number 0 ("00/01/1900"). A refusal is `OUT_DIR/refusal.json` {"why", ...} with exit status
EXIT_REFUSED. Rows are kept sparse while they are read, so that a lone cell in the last corner
of a sheet costs nothing. Knows nothing of the rest of the project.

Why not a library: an import must name the formulas that hold no result, merged headers, hidden
sheets and the sheet's own row numbers, in one pass and bounded memory. calamine drops the first
and can abort on a damaged file; openpyxl gives merges only by loading a sheet whole, and then
makes a cell of every place that a merge covers.
"""

# Starts the child: `python -I -c START ROOT INPUT OUT_DIR`. Isolated, so that no setting of the
# environment reaches it; ROOT is the only place of ours that it imports from.
START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('data_access.intake.files.spreadsheets', run_name='__main__', alter_sys=True)"
)
