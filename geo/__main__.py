"""`python -m geo`: see `geo.cli`."""

import sys

try:
    from geo.area import AreaError, area

    try:
        # First of all: the other modules, their sentences too, name the area as they are read.
        area()
    except AreaError as error:
        sys.exit(str(error))

    from geo.cli import main
except KeyboardInterrupt:
    # Nothing has begun yet; once it has, the command itself says so.
    sys.exit(130)

sys.exit(main(sys.argv[1:]))
