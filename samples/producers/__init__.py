"""One module a producer: each prints a sample as a PDF."""
