"""Two versions of a plan or of a dataset: what was added, dropped, reworded and moved."""
