"""Exports: rows of plans as the importers of other systems want them."""
