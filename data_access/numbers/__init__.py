"""The one door to figures: what is counted, over which months and areas, and how it is defined."""
