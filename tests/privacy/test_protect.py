"""Plans whose names are replaced or dropped: no text is forgotten, and nothing else changes."""

from __future__ import annotations

import hashlib
import hmac
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.normalise.privacy.fields import FIELDS
from actionplan.normalise.privacy.known import Identity
from actionplan.normalise.privacy.protect import PeopleMode, Privacy
from actionplan.normalise.privacy.pseudonyms import (
    Pseudonyms,
    SecretError,
    load_secret,
    make_secret,
)
from actionplan.schemas.plan import Action, Lead, Model, Plan, Update
from tests.dataset.plans import full_plan, plan

SECRET = b"0123456789abcdef0123456789abcdef"
NAME = "Helen Tarrant"
PSEUDONYM = re.compile(r"person-[0-9a-f]{12}")


def applied(privacy: Privacy, plan: Plan) -> Plan:
    """The plan as it may be passed on."""
    return privacy.bare(privacy.named(plan))


def models(model: type[Model]) -> Iterator[type[Model]]:
    """A record type and all below it."""
    yield model
    for field in model.model_fields.values():
        for inner in parts(field.annotation):
            if isinstance(inner, type) and issubclass(inner, Model):
                yield from models(inner)


def parts(annotation: Any) -> Iterator[Any]:
    """The types inside a type; a `Literal` has none."""
    if typing.get_origin(annotation) is Literal:
        return
    inside = typing.get_args(annotation)
    yield from (part for one in inside for part in parts(one))
    if not inside:
        yield annotation


MODELS = sorted(set(models(Plan)), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", MODELS)
def test_every_text_field_has_a_kind(model: type[Model]) -> None:
    texts = {
        name for name, field in model.model_fields.items() if str in parts(field.annotation)
    } - {"provenance"}  # its keys are names of fields
    listed = {"levels", "themes"}  # values of vocabularies
    assert texts - listed == set(FIELDS.get(model, {})) - listed


def with_name(model: Model) -> Model:
    """A copy in which every text ends with a name, but for codes."""
    changes: dict[str, Any] = {}
    for name, value in model:
        kind = FIELDS.get(type(model), {}).get(name)
        if kind == "file":
            changes[name] = f"Helen-Tarrant_{value}"
        elif kind != "code":
            changes[name] = named(value) if kind else nested(value)
    return model.model_copy(update=changes)


def nested(value: Any) -> Any:
    if isinstance(value, list):
        return [nested(one) for one in value]
    return with_name(value) if isinstance(value, Model) else value


def named(value: Any) -> Any:
    if isinstance(value, str):
        return f"{value}, agreed with {NAME}"
    if isinstance(value, list):
        return [named(one) for one in value]
    if isinstance(value, dict):
        return {key: named(one) for key, one in value.items()}
    return value


@pytest.mark.parametrize("people", ["pseudonymise", "drop"])
def test_a_name_is_found_in_every_text(people: PeopleMode) -> None:
    before = with_name(full_plan())
    assert isinstance(before, Plan)
    assert before.model_dump_json().count("Tarrant") > 40
    after = applied(Privacy(people, secret=SECRET), before)
    assert "Tarrant" not in after.model_dump_json()
    assert "Marlow" not in after.model_dump_json()
    assert Plan.model_validate_json(after.model_dump_json()) == after


def test_names_go_and_all_else_stays() -> None:
    after = applied(Privacy("pseudonymise", secret=SECRET), full_plan())
    lead, own = after.recommendations[0].leads[0], after.recommendations[0].actions[0].leads[0]
    assert lead.name and PSEUDONYM.fullmatch(lead.name)
    assert (lead.post, lead.organisation) == ("Head of Care", "The Trust")
    assert lead.text == own.text == own.name == lead.name
    assert after.document.title == f"Review into the death of {after.document.pseudonym}"
    assert re.fullmatch(r"subject-[0-9a-f]{12}", after.document.pseudonym or "")
    back = after.model_copy(deep=True)
    back.document.title, back.document.pseudonym = "Review into the death of Anna", "Anna"
    record = back.recommendations[0]
    record.leads, record.actions[0].leads = (
        full_plan().recommendations[0].leads,
        full_plan().recommendations[0].actions[0].leads,
    )
    assert back == full_plan()


def test_kept_names_leave_the_plan_as_it_is() -> None:
    assert applied(Privacy(), full_plan()) == full_plan()
    assert not Privacy().changes


def test_dropped_names_leave_a_mark_and_no_made_up_name() -> None:
    after = applied(Privacy("drop"), full_plan())
    lead = after.recommendations[0].leads[0]
    assert (lead.name, lead.text, after.document.pseudonym) == ("[name]", "[name]", None)


def told(name: str, lead: Lead, update: str) -> Plan:
    """A plan with one lead, and an update."""
    one = plan(name, ["Train all staff."])
    record = one.recommendations[0]
    record.leads, record.updates = [lead], [Update(text=update)]
    record.actions = [Action(text="Book a course.", leads=[lead])]
    record.cells = [["1", "Train all staff.", lead.text, update]]
    return one


def test_one_person_links_across_documents_and_mentions() -> None:
    full = Lead(name=NAME, post="Matron", text="Helen Tarrant, Matron")
    privacy = Privacy("pseudonymise", secret=SECRET)
    first = applied(privacy, told("a", full, "HELEN TARRANT met staff. Tarrant’s audit is done."))
    second = applied(
        privacy, told("b", Lead(name="Tarrant, Helen", text="Tarrant, Helen"), "None.")
    )
    (name,) = {lead.name for one in (first, second) for lead in one.recommendations[0].leads}
    assert name
    record = first.recommendations[0]
    assert record.updates[0].text == f"{name} met staff. {name}’s audit is done."
    assert record.cells[0][2:] == [f"{name}, Matron", record.updates[0].text]


def test_a_name_in_one_text_tells_who_a_surname_is_in_another() -> None:
    one = told("a", Lead(post="Matron", text="Matron"), "Audit done by Nadia Rahman.")
    one.recommendations[0].actions[0].text = "Rahman to train all staff."
    record = applied(Privacy("pseudonymise", secret=SECRET), one).recommendations[0]
    (name,) = PSEUDONYM.findall(record.updates[0].text)
    assert record.actions[0].text == f"{name} to train all staff."


def test_another_secret_gives_another_pseudonym() -> None:
    who = Identity(("helen", "tarrant"))
    assert Pseudonyms(SECRET).of(who) != Pseudonyms(SECRET[::-1]).of(who)
    assert Pseudonyms(SECRET).of(who) != Pseudonyms(SECRET).of(who._replace(subject=True))


def test_a_pseudonym_is_a_keyed_hash() -> None:
    digest = hmac.new(SECRET, b"person\0helen\0tarrant", hashlib.sha256).hexdigest()
    assert Pseudonyms(SECRET).of(Identity(("helen", "tarrant"))) == f"person-{digest[:12]}"


def test_pseudonyms_need_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        Privacy("pseudonymise")


def test_what_is_kept_of_a_build_depends_on_mode_and_secret() -> None:
    settings = [
        Privacy(),
        Privacy("drop"),
        Privacy("drop", no_text=True),
        Privacy("pseudonymise", secret=SECRET),
        Privacy("pseudonymise", secret=SECRET[::-1]),
    ]
    assert len({one.fingerprint for one in settings}) == len(settings)
    assert all(SECRET.decode() not in one.fingerprint for one in settings)


def test_a_secret_is_the_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    secret = load_secret(path)
    assert len(secret) == 64
    with pytest.raises(SecretError, match="never overwritten"):
        make_secret(path)
    assert load_secret(path) == secret
    path.write_bytes(b"short\n")
    with pytest.raises(SecretError, match="5 bytes"):
        load_secret(path)


def test_without_text_codes_dates_and_marks_are_left() -> None:
    before = with_name(full_plan())
    assert isinstance(before, Plan)
    after = applied(Privacy("pseudonymise", no_text=True, secret=SECRET), before)
    record, old = after.recommendations[0], before.recommendations[0]
    assert (record.key, record.themes, record.levels) == (old.key, old.themes, old.levels)
    assert (record.target.edtf, record.status.value) == (old.target.edtf, old.status.value)
    assert (record.text, record.cells, record.label) == ("", [], None)
    assert record.leads[0].post == "[post]"
    assert record.leads[0].text == f"{record.leads[0].name}, [post], [body]"
    assert record.agencies[0].name == record.agencies[0].canonical
    assert after.document.name == f"{after.document.id[7:19]}.pdf"
    words = set(re.findall(r"[a-z]{4,}", before.recommendations[0].text.casefold()))
    assert not words & set(re.findall(r"[a-z]{4,}", record.text.casefold()))
    assert "agreed with" not in after.model_dump_json()
    assert Plan.model_validate_json(after.model_dump_json()) == after


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_around_a_name_is_kept(before: str, after: str) -> None:
    update = f"{before}\n\nDr Helen Tarrant\n\n{after}"
    changed = applied(Privacy("drop"), told("a", Lead(name=NAME, text=NAME), update))
    text = changed.recommendations[0].updates[0].text
    assert "Tarrant" not in text
    rest = text.replace("[name]", "")
    assert len(rest) <= len(update)
