"""`python -m geo`: see `geo.cli`."""

import os
import sys

from geo.area import AreaError, area

try:
    # First of all: the other modules, their sentences too, name the area as they are read.
    area()
except AreaError as error:
    sys.exit(str(error))

from geo.cli import main

try:
    code = main(sys.argv[1:])
    sys.stdout.flush()
except BrokenPipeError:
    # Who reads the output, such as `head`, has seen enough; nothing is left to flush.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    code = 1
sys.exit(code)
