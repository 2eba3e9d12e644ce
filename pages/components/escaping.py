"""Text that others wrote, at the borders where signs in it would be taken for more than text.

A file's name, a sheet, a column, a cell, an address: what people wrote there is shown as they
wrote it, never as a link, a formula, an icon or markup. One function for each border; where
Streamlit takes Markdown (labels, messages, the choices of a radio) that is ``markdown_text``.
"""

from __future__ import annotations

import re
from html import escape

from geo.legible import legible, shortened

# Streamlit's own "null directive": nothing is drawn, but what stands before and after it are two
# texts. Emoji, icons, arrows and addresses are looked for in the texts after signs were escaped,
# so a backslash does not keep them away.
_PARTED = ":red[]"

_MARKDOWN = re.compile(
    r"""
      (?P<part>
          :(?=[\w+-]+:|//)                  # :smile:, :material/home:, https://
        | [-<>~](?=[-=>])                   # ->, <->, --, >=
        | (?<![^\W_])www(?=\.)
        | \S(?=@\S)                         # name@office.go.id
      )
    | (?P<sign>
          [\\`*\[\]<$~]
        | &(?=[\w#])                        # &lt;
        | :(?=[^\s\d])                      # :red
        | (?<=:material)/                   # Streamlit looks for this before anything else
        | (?<![^\W_])_ | _(?![^\W_])        # within a word it is no emphasis
        | \A[-+#>=|]                        # at the start: a list, a title, a quotation
      )
    | (?P<ordinal>\A\d{1,9}(?=[.)](?:\s|\Z)))  # at the start: a numbered list
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What Plotly reads as HTML, or as a formula between dollar signs; and "#", for a name like a colour
# of Streamlit's theme would be exchanged for that colour.
_PLOTLY = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "#": "&#35;"})

# As long as a label may get before it pushes everything else away.
LONGEST_LABEL = 120


def markdown_text(text: str) -> str:
    """Return Markdown, as Streamlit reads it, that shows just this text, in one line."""
    return _MARKDOWN.sub(_escaped, legible(text).strip())


def markdown_label(text: str) -> str:
    """Return Markdown for a label that may hold what others wrote at any length."""
    return markdown_text(label_text(text))


def label_text(text: str) -> str:
    """Return a label where Streamlit reads no Markdown: the choices of a selectbox."""
    return shortened(legible(text), LONGEST_LABEL)


def html_text(text: str) -> str:
    """Return HTML that shows just this text, as content or within quotes."""
    return escape(legible(text))


def plotly_text(text: str) -> str:
    """Return a text for Plotly, whose labels know some HTML, that shows just this text."""
    return legible(text).translate(_PLOTLY)


def _escaped(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"\\{found[0]}"
    if found["ordinal"]:
        return f"{found[0]}\\"
    before, last = found["part"][:-1], found["part"][-1]
    mark = "\\" if last.isascii() and not last.isalnum() else ""
    return f"{before}{mark}{last}{_PARTED}"
