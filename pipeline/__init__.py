"""Turn published review action plans (PDF) into records."""
