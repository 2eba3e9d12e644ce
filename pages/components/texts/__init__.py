"""The words on screen: one table per page, and one for what the pages share.

Only strings and templates stand here, each under a name that says what it tells; which of
them is said, and with what numbers, is decided by the modules that use them. Another language
is another set of these tables. ``{name}`` is filled by ``str.format``.
"""
