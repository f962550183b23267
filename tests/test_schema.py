"""Plan files follow the committed JSON Schema, and the schema follows the model."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplan.schemas.json_schema import FILE_NAME, plan_schema, schema_text
from actionplan.schemas.plan import Document, Plan, Recommendation
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


DOCUMENTS = st.builds(Document, id=st.from_regex(r"sha256:[0-9a-f]{64}", fullmatch=True))
RECORDS = st.lists(st.builds(Recommendation, confidence=st.floats(0, 1)), max_size=2)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Plan, document=DOCUMENTS, recommendations=RECORDS))
def test_any_plan_survives_its_file(plan: Plan) -> None:
    text = plan.model_dump_json()
    VALIDATOR.validate(json.loads(text))
    assert Plan.model_validate_json(text) == plan
