"""What the operating system says reaches people in Indonesian."""

import errno
import os

import pytest

from geo.errors import os_reason


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "tidak diizinkan"),
        (errno.ENOSPC, "ruang penyimpanan penuh"),
        (errno.ENOENT, "tidak ada"),
    ],
)
def test_a_known_refusal_is_told_in_indonesian(number: int, words: str) -> None:
    assert os_reason(OSError(number, os.strerror(number))) == words


def test_an_unknown_refusal_keeps_its_own_words() -> None:
    assert os_reason(OSError("jaringan putus")) == "jaringan putus"
