"""Names of people: found in all texts of a plan, and kept, replaced by pseudonyms, or dropped."""
