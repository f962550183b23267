"""What each text field of a plan holds, as far as names of people go.

A field that is not here is a model, a list of models, a number, or has values of a fixed list. The
tests walk the model and refuse a text field without a kind.
"""

from __future__ import annotations

from typing import Literal

from actionplan.schemas.plan import (
    Action,
    Agency,
    Date,
    Document,
    DocumentDate,
    Issue,
    JoinReason,
    Lead,
    Model,
    OcrChange,
    Plan,
    Recommendation,
    Section,
    SectionColumn,
    Status,
    Target,
    Unassigned,
    Update,
)

Kind = Literal["code", "text", "name", "post", "body", "subject", "file", "cells", "evidence"]
"""``code``: an identifier, a number, a value of a vocabulary, a date in ISO form: stays as it is.
``text``: may hold names, as all of the following; ``name``: a person's; ``post``, ``body``: a job
title and an organisation, which stay; ``subject``: the made-up name of the person reviewed;
``file``: name of a file; ``cells``: rows of raw cells; ``evidence``: texts by code."""

_DATE: dict[str, Kind] = {"text": "text", "edtf": "code", "start": "code", "end": "code"}

FIELDS: dict[type[Model], dict[str, Kind]] = {
    Plan: {"schema_version": "code"},
    Document: {
        "id": "code",
        "name": "file",
        "title": "text",
        "partnership": "body",
        "review_type": "code",
        "case": "code",
        "pseudonym": "subject",
        "version": "text",
        "marking": "text",
        "producer": "code",
    },
    Date: _DATE,
    DocumentDate: _DATE,
    Target: _DATE,
    Agency: {"name": "body", "canonical": "code", "id": "code", "type": "code"},
    Lead: {"name": "name", "post": "post", "organisation": "body", "text": "text"},
    Status: {"text": "text"},
    Action: {"number": "code", "text": "text"},
    Update: {"label": "text", "text": "text"},
    Issue: {"code": "code", "field": "code", "message": "text"},
    Recommendation: {
        "id": "code",
        "section": "code",
        "number": "code",
        "label": "text",
        "key": "code",
        "text": "text",
        "scope": "text",
        "level_evidence": "text",
        "themes": "code",
        "theme_evidence": "evidence",
        "printed_themes": "text",
        "acceptance": "text",
        "milestones": "text",
        "outcome": "text",
        "cells": "cells",
    },
    SectionColumn: {"header": "text", "field": "code"},
    JoinReason: {"record": "code", "evidence": "text"},
    Section: {"id": "code", "agency": "body", "heading": "text"},
    Unassigned: {"text": "text"},
    OcrChange: {"raw": "text", "text": "text"},
}


def kinds_of(model: type[Model]) -> dict[str, Kind]:
    """The kinds of a record type's text fields, by name."""
    return FIELDS.get(model, {})
