"""How many printed names of a list reach one identity, and how many pairs are merged wrongly.

python benchmarks/agency_names.py NAMES.json [-v]

`NAMES.json` maps printed names to canonical ones. Counted are the names of five kinds, told by
the canonical name (`KINDS`); canonical names of several bodies ("A | B") are left out. A name is
brought to its identity if its body and its canonical name's body are the same today, that is after
following successors. A merged pair is two names, of whatever kind, with one identity; it is wrong
if their canonical names differ. Shown apart are pairs whose canonical names are, word for word,
names of one body in the gazetteer, or of its predecessors.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from actionplan.normalise.agencies import AgencyContext, make_agency
from actionplan.normalise.agency_gazetteer import bodies, by_id, current, find, index
from actionplan.normalise.agency_match import match

KINDS = {
    "prison": r"\bHM Prison (?!and )|\bHMP\b|\bYoung Offenders?\b",
    "probation": r"\bProbation (?:Service|Trust)\b|\bRehabilitation Company\b",
    "police": r"\bPolice$|\bPolice (?:Service|Scotland)\b|\bConstabulary$",
    "NHS": r"\bNHS\b.*\bTrust\b|\bHealth Board\b|\bIntegrated Care Board\b"
    r"|\bCommissioning Group\b|\bPrimary Care Trust\b|\bSocial Care Trust\b"
    r"|\bAmbulance Service\b|\bHospitals? Trust\b",
    "council": r"\b(?:County|City|Borough|District)\b.*\bCouncil\b|^London Borough\b"
    r"|^Borough Council\b"
    r"|^(?!.*\b(?:Medical|Midwifery|Professions|Industry|Chiefs|General|Advisory)\b).*\bCouncil$",
}
"""Kinds by the canonical name, the first that fits."""


def kind_of(canonical: str) -> str | None:
    """The kind of body that a canonical name names, None for other kinds and for several bodies."""
    if "|" in canonical:
        return None
    return next((kind for kind, form in KINDS.items() if re.search(form, canonical)), None)


def identity(name: str) -> str | None:
    """The id, today, of the one body that `name` means; None for none, several or a kind."""
    found = make_agency(name, AgencyContext()).id
    return current(found) if found and by_id()[found].proper else None


def listed(name: str) -> str | None:
    """The same for a name that the gazetteer has word for word."""
    found = find(name)
    return current(found[0].id) if len(found) == 1 else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="print names that fail")
    options = parser.parse_args()
    names: dict[str, str] = json.loads(options.names.read_text(encoding="utf-8"))
    timings()
    brought(names, verbose=options.verbose)
    merged(names, verbose=options.verbose)


def brought(names: Mapping[str, str], *, verbose: bool) -> None:
    """The share of names of each kind that get their canonical name's identity."""
    right: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for name, canonical in names.items():
        kind = kind_of(canonical)
        if kind is None:
            continue
        size[kind] += 1
        own = identity(name)
        ok = own is not None and own == identity(canonical)
        right[kind] += ok
        if verbose and not ok:
            print(f"{kind}: {name!r} -> {own}, not {canonical!r} ({identity(canonical)})")
    rows: list[list[object]] = [
        [kind, size[kind], right[kind], f"{right[kind] / size[kind]:.3f}"] for kind in size
    ]
    total, all_right = size.total(), right.total()
    rows.append(["all", total, all_right, f"{all_right / total:.3f}"])
    print_table(["kind", "names", "one identity", "share"], rows)


def merged(names: Mapping[str, str], *, verbose: bool) -> None:
    """Pairs of names that get one identity, and those of them that are wrong."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, canonical in names.items():
        own = identity(name) if "|" not in canonical else None
        if own is not None:
            groups[own].append(name)
    count: Counter[str] = Counter()
    for own, group in groups.items():
        for one, other in itertools.combinations(group, 2):
            count["merged"] += 1
            left, right = names[one], names[other]
            if left == right:
                continue
            cause = "one body" if listed(left) == listed(right) == own else "wrong"
            count[cause] += 1
            if verbose:
                print(f"{cause}: {one!r} + {other!r} -> {own}; {left!r}, {right!r}")
    share = f"{count['wrong'] / max(1, count['merged']):.4f}"
    print_table(
        ["pairs merged", "two canonical names of one body", "wrong", "share wrong"],
        [[count["merged"], count["one body"], count["wrong"], share]],
    )


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(map(str, row))} |")
    print()


def timings() -> None:
    """Loading, and looking up known, misspelt and unknown names."""
    began = time.process_time()
    index()
    loaded = time.process_time() - began
    match("Kelmouth Constabulary")
    match("Hertforshire County Council")
    rows: list[list[object]] = [
        ["load", f"{1e3 * loaded:.0f} ms"],
        ["bodies", len(bodies())],
        ["keys", len(index())],
    ]
    for what, forms in {
        "known name": [body.name for body in bodies()],
        "misspelt name": [body.name[:7] + body.name[8:] for body in bodies()],
        "unknown name": [f"Kelmouth {at} Friends Trust" for at in range(500)],
    }.items():
        began = time.process_time()
        for form in forms:
            match(form)
        rows.append([what, f"{1e6 * (time.process_time() - began) / len(forms):.0f} µs"])
    print_table(["", "figure"], rows)


if __name__ == "__main__":
    main()
