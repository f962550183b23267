"""What a bad file is: its bytes, what is wrong with it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Bad:
    """One bad file.

    Attributes:
        name: what it is called, without ``.pdf``.
        group: heading in the documentation under which it stands.
        wrong: what is wrong with it, a few words.
        make: gives its bytes, the same each time.
        code: exit code of `actionplan convert` for it alone.
        sees: what the user's line says, in part; a plan that is read says how much of it.
        options: further arguments of the command.
        issue: code that all its records carry, if any.
    """

    name: str
    group: str
    wrong: str
    make: Make
    code: int = 0
    sees: str = "2 recommendations"
    options: tuple[str, ...] = ()
    issue: str = ""


class Shelf(dict[str, Bad]):
    """Bad files of one group, by name, in the order in which they are defined."""

    def __init__(self, group: str) -> None:
        """Begin empty."""
        super().__init__()
        self.group = group

    def put(
        self,
        name: str,
        wrong: str,
        *,
        code: int = 0,
        sees: str = "2 recommendations",
        options: tuple[str, ...] = (),
        issue: str = "",
    ) -> Callable[[Make], Make]:
        """Decorate the function that makes a bad file."""

        def keep(make: Make) -> Make:
            self.add(name, wrong, make, code=code, sees=sees, options=options, issue=issue)
            return make

        return keep

    def add(
        self,
        name: str,
        wrong: str,
        make: Make,
        *,
        code: int = 0,
        sees: str = "2 recommendations",
        options: tuple[str, ...] = (),
        issue: str = "",
    ) -> None:
        """Add a bad file."""
        if name in self:
            raise ValueError(f"{name} is there already")
        self[name] = Bad(name, self.group, wrong, make, code, sees, options, issue)
