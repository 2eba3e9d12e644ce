"""How much a foreign boundary file may be and cost, and how the process that reads it ends.

Owns numbers only and stands below `boundaries`, so that the limited process can take them up
before anything of weight is loaded.
"""

MEGABYTE = 1024**2
# Beside the caller (under 300 MB) and what is mapped from libraries (about 80 MB each), all
# processes of one inspection stay below 1 GB; `inspect` waits nearly empty while `read` works.
MEMORY_BYTES = {"inspect": 560 * MEGABYTE, "read": 400 * MEGABYTE}
# Address space also counts what is only mapped: a backstop where data is not counted.
ADDRESS_BYTES = 3 * 1024 * MEGABYTE
# By the clock, and of the processor's time: a busy machine may take longer for the same work.
SECONDS = {"inspect": 26, "read": 22}
PROCESSOR_SECONDS = {"inspect": 20, "read": 13}
OUTPUT_BYTES = 128 * MEGABYTE
MOST_LAYERS = 40
# Banten has 1,552 desa; shapes beyond that belong to files of the whole country.
MOST_SHAPES = 5_000
MOST_POINTS = 2_000_000
# What is kept of a file, both levels together. The most detailed desa known have 80,000 points.
MOST_KEPT_POINTS = 600_000
# Of the processor, for drawing both levels; 500,000 points take 1.2.
DRAWING_SECONDS = 5.0
# An answer of so many points, and reports of 5,000 shapes.
ANSWER_BYTES = 48 * MEGABYTE
# Two doubles, at least, per point.
POINT_BYTES = 16
# What Windows writes where a Shapefile's table does not name its encoding, or names it wrongly.
FALLBACK_ENCODING = "cp1252"

# The CRS of a table that is no GeoParquet.
UNSAID_CRS = "-"

EXIT_WRONG_DRIVERS = 4
EXIT_OUT_OF_MEMORY = 5
EXIT_MANY_LAYERS = 6
EXIT_NO_GEOMETRY = 7
EXIT_OTHER_ENCODING = 8
EXIT_LARGE_ANSWER = 9
