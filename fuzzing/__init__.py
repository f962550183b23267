"""Search for inputs that break a stage; no part of the installed package."""
