"""An officer's file read and checked in a process of its own, with limits and nothing of ours.

A dashboard that read hostile or very large tables itself would stand still, or fill the memory,
for everybody. `file` is the door. It has `server` start `__main__` once, which holds the code of
the steps ready and forks a worker for every task; a worker sets its limits and does one of
`tasks` in the file's folder:

    request.json    what is asked (see `crossing`)
    progress        one line per movement: done, total, words
    understood      the rows that were read, for later tasks; only workers ever open it
    answer.jsonl    what came of it, see `answers`
    copy.xlsx       the marked copy

What comes back is JSON that is held against the types it must have; nothing is executed.
"""

# Starts the server: `python -I -c START ROOT`. Isolated, so that no setting of the environment
# reaches it; ROOT is the only place of ours that it imports from.
START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('data_access.intake.limited', run_name='__main__', alter_sys=True)"
)
