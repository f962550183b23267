"""Logical tables to records, and records to tidy tables."""
