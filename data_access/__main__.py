"""`python -m data_access`: see `data_access.cli`."""

import sys

try:
    from geo.area import AreaError, area

    try:
        # First of all: the other modules, their sentences too, name the area as they are read.
        area()
    except AreaError as error:
        sys.exit(str(error))

    from data_access.cli import main
except KeyboardInterrupt:
    # Nothing has begun yet; once it has, the command itself says so.
    sys.exit(130)

sys.exit(main(sys.argv[1:]))
