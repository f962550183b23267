"""Types that cross a room's wall: logical tables, hints, plans, and their schemas."""
