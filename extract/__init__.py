"""PDF bytes to logical tables."""
