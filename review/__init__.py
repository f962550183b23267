"""The review desk: records are checked against their pages, and corrected, in a local web app."""
