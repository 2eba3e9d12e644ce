"""What every command line of the project shares: its words, its streams, and how it may end.

Owns the parser that explains itself in Indonesian, the kinds of arguments, and the last resort
for what no command can help: output that takes no more text, and a person who stops it.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TextIO

from geo.errors import OutputUnwritableError, os_reason

EXIT_DONE, EXIT_FAILED, EXIT_USAGE = 0, 1, 2
# What shells give for a program that was stopped with Ctrl-C.
EXIT_STOPPED = 130

STOPPED = "Dihentikan. Yang belum selesai tidak disimpan."
# Without the error's own words, which may quote a row of a person.
PROGRAM_ERROR = (
    "Perintah ini berhenti karena kesalahan program ({kind} di {place}); yang belum selesai tidak "
    "disimpan. Sampaikan baris ini kepada pengelola."
)

# What both kinds of database can hold as the number of a row.
_LARGEST_NUMBER = 2**31 - 1
_DIGITS = re.compile(r"[0-9]{1,10}")
# Half a sign that the terminal gave, and the sign that ends a text elsewhere.
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")

# What the standard library says of a command line, and how people read it here.
_COMPLAINTS = (
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"\1 \2 tidak ada; pilihan: \3",
    ),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 \2 tidak dapat dibaca"),
    (r"argument (.+?): expected .+", r"nilai \1 belum ditulis"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 tidak menerima nilai \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 tidak dapat dipakai bersama \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
    (r"one of the arguments (.+) is required", r"salah satu dari \1 belum ditulis"),
    (r"the following arguments are required: (.+)", r"\1 belum ditulis"),
    (r"unrecognized arguments: (.+)", r"\1 tidak dikenal"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 dapat berarti \2"),
)


class Parser(argparse.ArgumentParser):
    """Explains itself, and a command that was not understood, in Indonesian."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False)
        self._positionals.title = "yang ditulis"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "cara pakai: ", 1)

    def error(self, message: str) -> NoReturn:
        for found, said in _COMPLAINTS:
            message, count = re.subn(f"^{found}$", said, message, flags=re.DOTALL)
            if count:
                break
        self.exit(EXIT_USAGE, f"Perintah tidak dipahami: {message}.\nLihat: {self.prog} --help\n")


# --- kinds of arguments -----------------------------------------------------------------------


def file_argument(text: str) -> Path:
    """Read the name of a file."""
    if not text.strip():
        raise argparse.ArgumentTypeError("nama berkas kosong")
    if text == "-":
        raise argparse.ArgumentTypeError("“-” bukan nama berkas; bila memang begitu, tulis ./-")
    try:
        is_name = b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise argparse.ArgumentTypeError("nama berkas tidak sah")
    return Path(text)


def number_argument(text: str) -> int:
    """Read the number of an entry in a list."""
    if not _DIGITS.fullmatch(text) or int(text) > _LARGEST_NUMBER:
        raise ValueError(text)
    return int(text)


def text_argument(text: str) -> str:
    """Read a text that may be kept: what could not be written again becomes "�"."""
    return _UNWRITABLE.sub("�", text)


# --- how a command runs and ends --------------------------------------------------------------


def run_command(command: Callable[[], int]) -> int:
    """Run a command and see its output off; returns the exit code."""
    try:
        return command()
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return EXIT_STOPPED
    except BrokenPipeError:
        # Nobody reads what is said beside the output any more, and so nobody is told.
        _write_no_more(sys.stdout)
        _write_no_more(sys.stderr)
        return EXIT_FAILED
    except Exception as error:
        if sys.flags.dev_mode:
            # Whoever mends it runs "python -X dev -m ...".
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{Path(place.filename).name}, baris {place.lineno}"
        print(PROGRAM_ERROR.format(kind=type(error).__name__, place=told), file=sys.stderr)
        return EXIT_FAILED


def prepare_streams(encoding: str | None = None) -> None:
    """Let no sign in a name, no poor terminal and no closed stream end in a traceback.

    Args:
        encoding: of the output, whatever the terminal says; its own if None.
    """
    # What libraries log, tracebacks and all, is not for who reads a command's sentences.
    logging.getLogger().addHandler(logging.NullHandler())
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            if encoding:
                stream.reconfigure(encoding=encoding, newline="\n")
            stream.reconfigure(errors="backslashreplace")


def print_output(text: str) -> None:
    """Write to standard output now.

    Whoever read it may have enough of it ("| head"); then nothing more is written, and that is
    no failure.

    Raises:
        OutputUnwritableError: if it takes no text.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_no_more(sys.stdout)
    except OSError as error:
        _write_no_more(sys.stdout)
        raise OutputUnwritableError(None, os_reason(error)) from error


def _write_no_more(stream: TextIO) -> None:
    """Leave nothing that would be written, and fail again, when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
