"""Plan files follow the committed JSON Schema, and the schema follows the model."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.schemas.json_schema import FILE_NAME, plan_schema, schema_text
from actionplan.schemas.plan import Plan
from tests.conftest import ROOT, SAMPLES

VALIDATOR = jsonschema.Draft202012Validator(plan_schema())


def test_the_committed_schema_is_current() -> None:
    committed = (ROOT / "schemas" / FILE_NAME).read_text(encoding="utf-8")
    assert committed == schema_text(), "run `make schema`"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize("name", [path.stem for path in SAMPLES])
def test_every_plan_file_is_valid_and_reads_back(name: str, converted: Path) -> None:
    text = (converted / f"{name}.plan.json").read_text(encoding="utf-8")
    VALIDATOR.validate(json.loads(text))
    assert Plan.model_validate_json(text).model_dump_json(indent=2) + "\n" == text


@pytest.mark.parametrize(
    "change",
    [
        {"invented": 1},
        {"document": {}},
        {"recommendations": [{"text": "no id"}]},
        {"audit": None},
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_plan(
    change: dict[str, object], converted: Path, sample: Path
) -> None:
    plan = json.loads((converted / f"{sample.stem}.plan.json").read_bytes())
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**plan, **change})


@given(st.builds(Plan))
def test_any_plan_survives_its_file(plan: Plan) -> None:
    text = plan.model_dump_json()
    VALIDATOR.validate(json.loads(text))
    assert Plan.model_validate_json(text) == plan
