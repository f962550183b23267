"""Fictional action plans with their truth; `samples.build` makes both from one source."""
