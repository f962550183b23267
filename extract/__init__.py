"""PDF bytes to logical tables."""

from actionplan.extract.document import read_tables
from actionplan.extract.errors import ReadError
from actionplan.extract.settings import ExtractSettings

__all__ = ["ExtractSettings", "ReadError", "read_tables"]
