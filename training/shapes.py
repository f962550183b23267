r"""Ways in which plans write their leads: cells as pieces of text, each with its label.

A piece is ``(text, label)``; the label is PERSON, POST, ORG, UNIT, or "" for what belongs to no
lead. "\n" in a text is a line break made by hand, "\n\n" a blank line.
"""

from __future__ import annotations

from collections.abc import Callable

from training.parts import Parts

Piece = tuple[str, str]
Cell = list[Piece]


def _person(parts: Parts) -> Piece:
    return parts.person(), "PERSON"


def _post(parts: Parts) -> Piece:
    return parts.post(), "POST"


def _body(parts: Parts) -> Piece:
    return parts.body(), "ORG"


def _unit(parts: Parts) -> Piece:
    return parts.unit(), "UNIT"


def _rank(parts: Parts) -> Piece:
    return parts.rank(), "POST"


def joined(parts: Parts, pieces: Cell, *signs: str) -> Cell:
    """`pieces` with one of `signs` between them, the same one everywhere."""
    sign = parts.rng.choice(signs)
    out: Cell = []
    for piece in pieces:
        out.extend([(sign, ""), piece] if out else [piece])
    return out


# One lead


def post_only(parts: Parts) -> Cell:
    """A job title, perhaps with the body that employs its holder."""
    if parts.chance(0.75):
        return [_post(parts)]
    first, second = (_body(parts), _post(parts)) if parts.chance(0.5) else _tail(parts)
    if second[1] == "ORG" and parts.chance(0.2):
        first = (f"{first[0]}, {parts.unit()}", "POST")
    signs: list[tuple[float, str]] = [(4, ", "), (3, "\n"), (2, " - "), (1, ": "), (2, " – ")]
    if second[1] == "ORG":
        signs += [(1, " at "), (0.5, " for "), (0.5, " from "), (0.5, " in "), (1, " (")]
    sign = parts.pick(*signs)
    return [first, (sign, ""), second, *([(")", "")] if sign == " (" else [])]


def _tail(parts: Parts) -> tuple[Piece, Piece]:
    return _post(parts), (_body(parts) if parts.chance(0.8) else _unit(parts))


def body_then_post(parts: Parts) -> Cell:
    """A body and, on its line, one of its job titles ("CCG Head of ...")."""
    return [_body(parts), (" ", ""), _post(parts)]


def name_only(parts: Parts) -> Cell:
    """A person and nothing else."""
    return [_person(parts)]


def given_only(parts: Parts) -> Cell:
    """A given name alone."""
    return [(parts.word("given_names"), "PERSON")]


def initials(parts: Parts) -> Cell:
    """Initials, some with a job title in brackets."""
    if parts.chance(0.35):
        return [(parts.initials(), "PERSON"), (" (", ""), _post(parts), (")", "")]
    return [(parts.initials(), "PERSON")]


def rank_name(parts: Parts) -> Cell:
    """A rank with a surname or a full name, some with a command or a title behind."""
    name = parts.pick(
        (5, parts.surname()),
        (3, f"{parts.given()} {parts.surname()}"),
        (1, f"{parts.letter()} {parts.surname()}"),
    )
    cell: Cell = [_rank(parts), (" ", ""), (name, "PERSON")]
    if parts.chance(0.45):
        cell += _behind_name(parts, (parts.one("commands"), "UNIT"))
    elif parts.chance(0.2):
        cell += _behind_name(parts, (f"Head of {parts.one('commands')}", "POST"))
    elif parts.chance(0.15):
        cell += _behind_name(parts, _body(parts))
    return cell


def _behind_name(parts: Parts, piece: Piece) -> Cell:
    sign = parts.pick((4, ", "), (4, "\n"), (2, " - "), (2, " – "), (3, "("), (1, " "))
    if sign == "(":
        return [(parts.rng.choice([" (", "\n(", "("]), ""), piece, (")", "")]
    return [(sign, ""), piece]


def name_post_lines(parts: Parts) -> Cell:
    """A name, and the job title on the lines below; perhaps a body below that."""
    cell: Cell = [_person(parts), (",\n" if parts.chance(0.1) else "\n", ""), _post(parts)]
    if parts.chance(0.3):
        cell += [(parts.pick((6, "\n"), (2, ", ")), ""), _body(parts)]
    return cell


def name_post_inline(parts: Parts) -> Cell:
    """A name and a job title on one line, with a sign between them or a bracket."""
    sign = parts.pick(
        (5, ", "), (3, " - "), (3, " – "), (0.5, "- "), (0.4, " -"), (0.7, ": "), (0.4, " ,"),
        (1, "\n- "), (2, " "), (0.3, "-"),
    )  # fmt: skip
    cell: Cell = [_person(parts), (sign, ""), _post(parts)]
    if parts.chance(0.25):
        cell += [(parts.pick((4, ", "), (3, "\n"), (1, " – "), (1, " - ")), ""), _body(parts)]
    return cell


def name_bracket(parts: Parts) -> Cell:
    """A name with a job title, a body or a unit in brackets."""
    kind = parts.pick((6, "POST"), (2, "ORG"), (1, "UNIT"))
    inside = {"POST": _post, "ORG": _body, "UNIT": _unit}[kind](parts)
    if kind == "POST" and parts.chance(0.2):
        inside = (parts.topic(), "POST")
    opening = parts.pick((6, " ("), (3, "\n("), (1, "("), (0.5, " ["))
    closing = "]" if opening == " [" else ")"
    cell: Cell = [_person(parts), (opening, ""), inside, (closing, "")]
    if kind == "POST" and parts.chance(0.15):
        cell[3:] = [(", ", ""), _body(parts), (closing, "")]
    return cell


def name_body(parts: Parts) -> Cell:
    """A name and a body."""
    piece = _body(parts) if parts.chance(0.7) else _unit(parts)
    return [_person(parts), *_behind_name(parts, piece)]


def post_name(parts: Parts) -> Cell:
    """A job title before its holder."""
    sign = parts.pick((4, "\n"), (2, ": "), (3, " - "), (2, " – "), (2, ", "), (2, " "), (2, " ("))
    closing: Cell = [(")", "")] if sign == " (" else []
    return [_post(parts), (sign, ""), _person(parts), *closing]


def two_posts(parts: Parts) -> Cell:
    """A name with two job titles, which are one post."""
    sign = parts.pick((3, "\n"), (3, " and "), (2, " & "), (0.5, " / "), (0.5, "/"), (1, "\nand "))
    posts = f"{parts.post()}{sign}{parts.post()}"
    return [_person(parts), (parts.pick((3, "\n"), (3, ", ")), ""), (posts, "POST")]


def body_only(parts: Parts) -> Cell:
    """A body, a group of people, or a unit by itself."""
    kind = parts.pick((6, "body"), (3, "group"), (2, "unit"))
    if kind == "unit":
        return [_unit(parts)]
    if parts.chance(0.1):
        return [(f"{parts.unit()}, {parts.body()}", "ORG")]
    return [_body(parts) if kind == "body" else (parts.group(), "ORG")]


def body_name(parts: Parts) -> Cell:
    """A body before the person who answers for it ("Housing - ...")."""
    sign = parts.pick((4, " - "), (4, " – "), (3, ": "), (2, "\n"), (1, ", "), (1, " ("))
    closing: Cell = [(")", "")] if sign == " (" else []
    cell: Cell = [_body(parts), (sign, ""), _person(parts), *closing]
    return [*cell, (", ", ""), _post(parts)] if sign == ": " and parts.chance(0.3) else cell


def name_remark(parts: Parts) -> Cell:
    """A name with a remark in brackets."""
    remarks = [
        "interim",
        "acting",
        "lead",
        "to",
        "until May",
        "from June",
        "job share",
        "left post",
    ]
    return [_person(parts), (f" ({parts.rng.choice(remarks)})", "")]


def group_of(parts: Parts) -> Cell:
    """A group with its chair's initials or name in brackets, or the chair of a group."""
    group = parts.group()
    if parts.chance(0.4):
        name = parts.initials() if parts.chance(0.5) else parts.person()
        return [(group, "ORG"), (" (", ""), (name, "PERSON"), (")", "")]
    joint = parts.rng.choice([" of ", " of the ", ", ", " – "])
    chair = parts.rng.choice(
        ["Chair", "Vice Chair", "Independent Chair", "Deputy Chair", "Secretary"]
    )
    if joint.startswith(" of"):
        return [(chair + joint + group, "POST")]
    return [(chair + joint + group, "POST")]


def collective(parts: Parts) -> Cell:
    """A group of people by what they do."""
    if parts.chance(0.3):
        return [(parts.one("collective_bodies"), "ORG")]
    return [(parts.collective(), "POST")]


def open_post(parts: Parts) -> Cell:
    """A post without holder, or nothing that names anybody."""
    empty = (parts.one("empty"), "")
    if parts.chance(0.55):
        return [empty]
    if parts.chance(0.5):
        return [_post(parts), (parts.rng.choice([" - ", " (", ", ", "\n", " "]), ""), empty]
    return [empty, (parts.rng.choice([" - ", "\n", ", ", " (", " – "]), ""), _post(parts)]


LEADS: tuple[tuple[float, Callable[[Parts], Cell]], ...] = (
    (4.0, post_only), (1.2, body_then_post), (1.5, name_only), (0.3, given_only), (0.8, initials),
    (2.4, rank_name), (4.0, name_post_lines), (3.0, name_post_inline), (2.0, name_bracket),
    (1.2, name_body), (2.0, post_name), (0.8, two_posts), (2.2, body_only), (0.7, group_of),
    (0.8, collective), (0.5, open_post),
    (0.8, body_name), (0.2, name_remark),
)  # fmt: skip


def lead(parts: Parts) -> Cell:
    """One lead in any way of writing."""
    return parts.rng.choices([shape for _, shape in LEADS], [w for w, _ in LEADS])[0](parts)


# Whole cells


def single(parts: Parts) -> Cell:
    """A cell with one lead; some behind a word that says so."""
    if parts.chance(0.06):
        return [
            (parts.one("lead_labels") + parts.rng.choice([": ", ":\n", " - "]), ""),
            *lead(parts),
        ]
    return lead(parts)


def several(parts: Parts) -> Cell:
    """Leads of one way of writing below each other, with or without blank lines."""
    shape = parts.rng.choice(
        [
            name_post_lines,
            name_post_inline,
            name_bracket,
            rank_name,
            post_only,
            body_name,
            body_only,
        ]
    )
    sign = parts.pick((5, "\n"), (4, "\n\n"), (1, ";\n"), (1, "\nand\n"))
    out: Cell = []
    for _ in range(parts.rng.choice([2, 2, 2, 3])):
        following = shape(parts) if parts.chance(0.75) else lead(parts)
        out += [(sign, ""), *following] if out else following
    return out


def stacked(parts: Parts) -> Cell:
    """Job titles, or ranks with names among them, one to a line."""
    count = parts.rng.choice([2, 2, 3, 4])
    draw: list[Callable[[Parts], Piece]] = [_post, _post, lambda p: (p.one("titles"), "POST")]
    pieces = [parts.rng.choice(draw)(parts) for _ in range(count)]
    return joined(parts, pieces, "\n")


def in_a_row(parts: Parts) -> Cell:
    """Short leads parted by slashes, semicolons, commas or "and"."""
    kinds = parts.pick((5, "people"), (5, "posts"), (3, "mixed"), (2, "initials"), (1, "given"))
    draw: dict[str, list[Callable[[Parts], Piece]]] = {
        "people": [_person],
        "posts": [_post, _post, lambda p: (p.word("single_titles"), "POST")],
        "mixed": [_person, _post, _body, _post],
        "initials": [lambda p: (p.initials(), "PERSON")],
        "given": [lambda p: (p.word("given_names"), "PERSON")],
    }
    pieces = [parts.rng.choice(draw[kinds])(parts) for _ in range(parts.rng.choice([2, 2, 3]))]
    if kinds == "posts" and len(pieces) == 2 and parts.chance(0.1):
        return joined(parts, pieces, " and the ")
    if kinds == "given" and len(pieces) == 3 and parts.chance(0.5):
        return [
            pieces[0],
            (", ", ""),
            pieces[1],
            (parts.rng.choice([" and ", ", "]), ""),
            pieces[2],
        ]
    if len(pieces) == 2 and parts.chance(0.4):
        return joined(parts, pieces, " and ", " & ", " and ", " + ", "\nand\n", " &\n")
    if kinds in {"people", "initials"} and parts.chance(0.3):
        row = joined(parts, pieces, ", ", ",\n", "\n")
        if len(pieces) == 3 and parts.chance(0.6):
            row[-2] = (" and ", "")
        return row
    return joined(parts, pieces, " / ", " / ", "/", "/ ", "; ", ";", " /", "\n/ ", " | ")


def with_post_in_row(parts: Parts) -> Cell:
    """Two leads with their titles in one line, parted by a slash, a semicolon or "and"."""
    shape = parts.rng.choice([name_bracket, name_post_inline, rank_name, name_body])
    sign = parts.rng.choice(["; ", " / ", " and ", " & ", ";\n", "/ "])
    return [*shape(parts), (sign, ""), *shape(parts)]


def listed(parts: Parts) -> Cell:
    """Leads with bullets, dashes or numbers before them."""
    bullet = parts.rng.choice(["• ", "- ", "– ", "* ", "{}. ", "{}) ", "({}) ", "o "])
    out: Cell = []
    for number in range(1, parts.rng.choice([3, 3, 4])):
        out += [(("\n" if out else "") + bullet.format(number), ""), *lead(parts)]
    return out


def reached(parts: Parts) -> Cell:
    """A lead with a telephone number or an address below it."""
    sign = parts.pick((5, "\n"), (1, " "), (1, ", "))
    return [*lead(parts), (sign + parts.contact(), "")]


def misplaced(parts: Parts) -> Cell:
    """A sentence that is no lead, some below a lead."""
    told = parts.sentence()
    if parts.chance(0.35):
        told = f"{told} {parts.sentence()}"
    before = [*lead(parts), ("\n", "")] if parts.chance(0.3) else []
    return [*before, (told, "")]


CELLS: tuple[tuple[float, Callable[[Parts], Cell]], ...] = (
    (11.0, single), (2.5, several), (0.8, stacked), (3.0, in_a_row), (0.8, with_post_in_row),
    (0.7, listed), (0.5, reached), (1.2, misplaced),
)  # fmt: skip


def cell(parts: Parts) -> Cell:
    """A lead cell in any way of writing."""
    return parts.rng.choices([shape for _, shape in CELLS], [w for w, _ in CELLS])[0](parts)
