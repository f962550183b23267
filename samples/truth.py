"""Write down what a sample means: stitched tables and records.

Texts come from the source's cells. Leads, dates, kinds, agencies and status are stated by the
source's author and only copied here; nothing is interpreted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samples.forms import unfold
from samples.source import MARKED, Para, Row, Sample, Table

Json = dict[str, Any]


def clean(text: str) -> str:
    """Return running text: marks, soft hyphens removed, ligatures resolved, spaces collapsed."""
    text = MARKED.sub(lambda it: it[2].upper() if it[1] == "=" else it[2], text)
    for printed, meant in (("\u00ad", ""), ("\u2011", "-"), ("\ufb01", "fi"), ("\ufb02", "fl")):
        text = text.replace(printed, meant)
    return " ".join(text.split())


def cell_text(paras: Iterable[Para]) -> str:
    """Return all of a cell's printed text."""
    return clean(" ".join(para.printed for para in paras))


def triple(written: str) -> Json:
    """Return the lead written as ``name | post | organisation``."""
    name, post, organisation = (part.strip() or None for part in f"{written} ||".split("|")[:3])
    return {"name": name, "post": post, "organisation": organisation}


def updates_of(paras: list[Para], stamp: list[str] | None) -> list[Json]:
    """Return the updates of one progress cell; `stamp` is label and date out of its header."""
    label, date = stamp or (None, None)
    found: list[Json] = []
    for para in paras:
        text = para.text if para.tag else para.printed
        if para.tag in ("update", "behind"):
            found.append(
                {"label": clean(para.head) or None, "date": para.arg or None, "text": text}
            )
        elif found:
            found[-1]["text"] += f" {text}"
        else:
            found.append({"label": label, "date": date, "text": text})
    for update in found:
        update["text"] = clean(update["text"])
    return [update for update in found if update["text"] or update["label"]]


def actions_of(row: Row, key: str) -> list[Json]:
    """Return the actions of one action cell with the leads and targets its author ties to each."""
    found: list[Json] = []
    for para in row.cells.get(key, []):
        if para.tag == "do":
            found.append(
                {"number": para.arg or None, "text": para.text, "leads": [], "target": None}
            )
        elif found:
            found[-1]["text"] += f" {para.printed}"
    for action in found:
        action["text"] = clean(action["text"])
    for action, leads in zip(found, row.says.get("action_leads", []), strict=False):
        action["leads"] = leads
    for action, target in zip(found, row.says.get("action_targets", []), strict=False):
        action["target"] = target or None
    return found


def new_record(table: Table) -> Json:
    """Return an empty record of `table`."""
    return {
        "section_kind": table.says.get("kind", "overview"),
        "section_agency": table.says.get("agency"),
        "number": None,
        "recommendation": "",
        "agencies": [],
        "actions": [],
        "leads": [],
        "target": {"raw": None, "edtf": None, "kind": "none"},
        "updates": [],
        "status": "unknown",
    }


def add_row(record: Json, table: Table, row: Row) -> None:
    """Add what `row` tells to `record`."""
    says = row.says
    for para in row.cells.get("rec", []):
        if para.tag == "label":
            record["number"] = para.arg or None
        record["recommendation"] = clean(
            f"{record['recommendation']} {para.text if para.tag else para.printed}"
        )
    record["number"] = says.get("number", record["number"])
    for name in says.get("agencies", [table.says["agency"]] if "agency" in table.says else []):
        if name not in record["agencies"]:
            record["agencies"].append(name)
    record["actions"] += actions_of(row, table.says.get("actions", "do"))
    for lead in map(triple, says.get("leads", [])):
        if lead not in record["leads"]:
            record["leads"].append(lead)
    add_target(record["target"], row)
    stamps = table.says.get("stamps", {})
    for key in table.keys:
        if key in table.says.get("updates", ["done"]):
            record["updates"] += updates_of(row.cells[key], stamps.get(key))
    if says.get("lead_prose"):
        record["updates"].append({"label": None, "date": None, "text": cell_text(row.cells["who"])})
    record["status"] = says.get("status", record["status"])


def add_target(target: Json, row: Row) -> None:
    """Add a row's target cell; a later row's edtf and kind stand for the whole record."""
    text = cell_text(row.cells.get("by", []))
    if text:
        target["raw"] = clean(f"{target['raw'] or ''} {text}")
    for key in ("edtf", "kind", "accept"):
        if key in row.says:
            target[key] = row.says[key] or None


def records_of(table: Table) -> list[Json]:
    """Return the records of one table; bands, which may name an agency, and subtotals are none."""
    records: list[Json] = []
    agency = None
    for row in table.rows:
        if "band" in row.says or row.says.get("subtotal"):
            agency = row.says.get("agency", agency)
            continue
        if not row.says.get("same"):
            records.append(new_record(table))
            if agency:
                place = {"section_kind": "agency", "section_agency": agency, "agencies": [agency]}
                records[-1] |= place
        add_row(records[-1], table, row)
    return records


def stitched(table: Table) -> Json:
    """Return one whole table: a band's text stands in the first column.

    An unruled form has two columns, label and value, however many pairs stand on a line.
    """
    if table.says.get("form") == "plain":
        pairs = [
            [cell_text(row.cells[label]), cell_text(row.cells[value])]
            for row in table.rows
            for label, value in zip(table.keys[::2], table.keys[1::2], strict=True)
            if row.cells[label]
        ]
        return {"section": table.says.get("section", ""), "columns": ["", ""], "rows": pairs}
    rows = []
    for row in table.rows:
        if "band" in row.says:
            rows.append([clean(row.says["band"])] + [""] * (len(table.keys) - 1))
        else:
            rows.append([cell_text(row.cells[key]) for key in table.keys])
    return {
        "section": table.says.get("section", ""),
        "columns": [clean(c) if table.says.get("header", True) else "" for c in table.columns],
        "rows": rows,
    }


def truth_of(sample: Sample) -> Json:
    """Return a sample's truth."""
    tables = [table for table in sample.tables if table.says.get("plan", True)]
    truth: Json = {
        "document": sample.document,
        "tables": [stitched(part) for table in tables for part in unfold(table)],
        "records": [record for table in tables for record in records_of(table)],
    }
    rest = [table for table in sample.tables if not table.says.get("plan", True)]
    others = [stitched(part) for table in rest for part in unfold(table)]
    if others:
        truth["other_tables"] = others
    return truth
