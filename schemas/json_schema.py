"""The JSON Schema of ``NAME.plan.json``, generated from the record model.

``python -m actionplan.schemas.json_schema [FILE]`` prints it, or writes it to ``FILE``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from actionplan.schemas.plan import SCHEMA_VERSION, Plan

FILE_NAME = "plan.schema.json"


class _AllPresent(GenerateJsonSchema):
    """Plan files carry every field, also with its default, but for those left out when empty."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return not (isinstance(field, dict) and "serialization_exclude_if" in field)


def plan_schema() -> dict[str, Any]:
    """Return the schema of plan files as written: every field is present, unknown ones refused."""
    schema = Plan.model_json_schema(mode="serialization", schema_generator=_AllPresent)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Review action plan, version {SCHEMA_VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """Return the schema as it is committed, with a closing newline."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
    else:
        sys.stdout.write(schema_text())
