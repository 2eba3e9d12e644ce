"""Parts that several pages share: the filter bar, figures, charts, the area map, tables."""
