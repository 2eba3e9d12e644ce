"""The commands `memory|forget` of `python -m data_access`: what officers answered once.

Owns what they print.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from data_access.intake.writing.earlier_files import damages
from data_access.intake.writing.memory import forget, list_memory
from data_access.store import Store
from geo.command_line import number_argument

MEMORY_COMMANDS = frozenset({"memory", "forget"})


def add_memory_commands(commands: Any) -> argparse.ArgumentParser:
    """Add the commands to a parser's subcommands; returns the one that changes something."""
    listing = commands.add_parser("memory", help="daftar jawaban yang diingat")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    listing.set_defaults(actor="")
    back: argparse.ArgumentParser = commands.add_parser("forget", help="lupakan satu jawaban")
    back.add_argument(
        "number", type=number_argument, metavar="NOMOR", help="nomor dari perintah memory"
    )
    return back


def run_memory(options: argparse.Namespace, store: Store, actor: str) -> str:
    """Run one command and return what it prints.

    Raises:
        UnknownMemoryError: if no answer that counts has the number.
        StoreError: if the database cannot be used.
    """
    if options.command == "forget":
        gone, again = forget(store, options.number, actor)
        then = f" Berlaku lagi: {again.title}." if again else ""
        return f"Dilupakan: {gone.title}.{then}\n"
    kept = list_memory(store)
    if options.format == "json":
        entries = [
            {"id": one.id, "kind": one.kind, "title": one.title, "actor": one.actor, "at": one.at}
            for one in kept
        ]
        return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    lines = [f"{one.id:>5}  {one.at[:16]}  {one.actor}  {one.title}" for one in kept]
    lines += damages(store.settings.data_dir)
    return "\n".join(lines or ["Belum ada jawaban yang diingat."]) + "\n"
