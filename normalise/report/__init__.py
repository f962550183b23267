"""Many plans as one page for people: figures, charts, what to check, and a table to search."""
