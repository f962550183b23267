"""Many plans as one dataset: tables, links between records, corrections, package files."""
