"""`python -m geo`: see `geo.cli`."""

import sys

from geo.area import AreaError, area

try:
    # First of all: the other modules, their sentences too, name the area as they are read.
    area()
    from geo.cli import main
except AreaError as error:
    sys.exit(str(error))
except KeyboardInterrupt:
    sys.exit(130)

sys.exit(main(sys.argv[1:]))
