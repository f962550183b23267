"""Training of the model for lead cells; no part of the installed package."""
