"""Which process runs which test: those that drive a browser stay together, the others spread.

pytest-xdist's own ``--dist loadgroup`` writes the group behind a test's name, which pytest does
not take over any more; every process then starts servers and a browser of its own.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

_TOGETHER = "tests/browser/"


class BrowserTogetherScheduling(LoadScopeScheduling):
    """Give all browser tests to one process, every other test to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return _TOGETHER if nodeid.startswith(_TOGETHER) else nodeid
