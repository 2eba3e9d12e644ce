"""The filter: what a reader can choose, the row of widgets, and the sentence that says it."""
