"""Persons, posts, bodies and units put together at random from the word lists."""

from __future__ import annotations

from random import Random

from training.words import kinds, lines, words


class Parts:
    """Draws parts of lead cells; the same `rng` state gives the same parts."""

    def __init__(self, rng: Random) -> None:
        """`rng` is used for all draws."""
        self.rng = rng

    def one(self, name: str) -> str:
        """An entry of the list `name` with one entry per line."""
        return self.rng.choice(lines(name))

    def word(self, name: str) -> str:
        """An entry of the list `name` of words."""
        return self.rng.choice(words(name))

    def pick(self, *weighted: tuple[float, str]) -> str:
        """One of the names of `weighted`, each with its weight."""
        return self.rng.choices([name for _, name in weighted], [w for w, _ in weighted])[0]

    def chance(self, share: float) -> bool:
        """True in `share` (0..1) of all draws."""
        return self.rng.random() < share

    # Persons

    def given(self) -> str:
        """A given name; one in four is put together from syllables, as no list is complete."""
        if self.chance(0.28):
            return self._made()
        name = self.word("given_names")
        return f"{name}-{self.word('given_names')}" if self.chance(0.03) else name

    def surname(self) -> str:
        """A surname; one in four is put together from syllables."""
        kind = self.pick((3, "made"), (7, "surnames"), (2, "plain_surnames"))
        name = self._made() if kind == "made" else self.word(kind)
        if self.chance(0.06):
            return f"{name}-{self.word('surnames')}"
        if self.chance(0.03):
            return self.rng.choice(["O'", "O’", "Mc", "Mac", "Fitz", "D'"]) + name
        if self.chance(0.02):
            return self.rng.choice(["de ", "van ", "Van der ", "Mc ", "al-", "Ap ", "St "]) + name
        return name

    def _made(self) -> str:
        begin, end = (self.rng.choice(kinds("name_parts", kind)) for kind in ("begin", "end"))
        middle = self.rng.choice(kinds("name_parts", "middle")) if self.chance(0.35) else ""
        name = begin + middle + end
        return name if len(name) > 4 else name + self.rng.choice(["ford", "ova", "wick", "nder"])

    def letter(self) -> str:
        """A capital letter, as initials have it."""
        return self.rng.choice("ABCDEFGHIJKLMNOPRSTVWY")

    def initials(self) -> str:
        """Initials that stand for a person."""
        made = self.word("initials")
        kind = self.pick((8, "plain"), (1, "dots"), (1, "mc"))
        if kind == "dots":
            return "".join(f"{letter}." for letter in made)
        return f"{made[0]}Mc{made[1]}" if kind == "mc" else made

    def person(self) -> str:
        """A person's name, with or without a form of address."""
        kind = self.pick(
            (12, "full"), (1.5, "initial"), (0.8, "middle"), (2, "title"), (0.5, "two"),
            (0.5, "last"), (0.25, "known"), (0.1, "couple"), (0.25, "honoured"),
        )  # fmt: skip
        if kind == "initial":
            dot = self.rng.choice(["", ".", ""])
            second = f" {self.letter()}{dot}" if self.chance(0.2) else ""
            return f"{self.letter()}{dot}{second} {self.surname()}"
        if kind == "middle":
            return f"{self.given()} {self.letter()} {self.surname()}"
        if kind == "last":
            return f"{self.surname()}, {self.given() if self.chance(0.6) else self.letter() + '.'}"
        if kind == "known":
            marks = self.rng.choice(["()", "()", "‘’", "''", '""', "“”"])
            given, known = self.given(), self.word("given_names")
            return f"{given} {marks[0]}{known}{marks[1]} {self.surname()}"
        if kind == "honoured":
            sign = self.rng.choice([" ", " ", ", "])
            return f"{self.given()} {self.surname()}{sign}{self.word('honours')}"
        if kind == "couple":
            return f"{self.rng.choice(['Mr & Mrs', 'Mr and Mrs', 'Dr & Mrs'])} {self.surname()}"
        if kind == "two":
            return f"{self.given()} {self.given()} {self.surname()}"
        name = f"{self.given()} {self.surname()}"
        return self.titled(name) if kind == "title" else name

    def titled(self, name: str) -> str:
        """`name`, or its surname alone or with an initial, behind a form of address."""
        title = self.one("forms_of_address")
        surname = name.split(maxsplit=1)[1]
        short = self.pick((5, name), (3, surname), (1, f"{self.letter()} {surname}"))
        return f"{title} {short}"

    # Posts

    def topic(self) -> str:
        """A field of work."""
        kind = self.pick((9, "one"), (1.6, "short"), (1.6, "two"), (0.3, "both"))
        if kind == "both":
            long = self.one("topics")
            return f"{long} ({''.join(word[0] for word in long.split() if word[0].isupper())})"
        if kind == "short":
            pair = f"/{self.word('short_topics')}" if self.chance(0.2) else ""
            return self.word("short_topics") + pair
        if kind == "one":
            return self.one("topics")
        sign = self.pick((5, " and "), (4, " & "), (0.5, "/"), (0.3, " / "), (1, ", "))
        return f"{self.one('topics')}{sign}{self.one('topics')}"

    def post(self) -> str:
        """A job title."""
        kind = self.pick(
            (5, "head"), (3, "topic"), (4, "front"), (3, "title"), (1, "bracket"), (0.6, "short"),
            (1, "single"), (0.8, "place"), (0.6, "project"), (0.7, "behind"), (0.4, "slashed"),
            (0.6, "rank"), (0.3, "acting"), (0.5, "chair"),
        )  # fmt: skip
        text = str(getattr(self, f"_post_{kind}")())
        if self.chance(0.05):
            text = text.lower() if self.chance(0.4) else text[0] + text[1:].lower()
        return text

    def _post_head(self) -> str:
        text = f"{self.one('heads')} {self.topic()}"
        front = self.rng.choice(["Deputy", "Interim", "Trust", "Associate", "Acting"])
        return f"{front} {text}" if self.chance(0.06) else text

    def _post_topic(self) -> str:
        return f"{self.topic()} {self.one('roles')}"

    def _post_front(self) -> str:
        topic = f"{self.topic()} " if self.chance(0.75) else ""
        return f"{self.one('fronts')} {topic}{self.one('roles')}"

    def _post_title(self) -> str:
        return self.one("titles")

    def _post_single(self) -> str:
        front = self.pick((4, ""), (1, "fronts"), (0.5, "topics"))
        return f"{self.one(front) + ' ' if front else ''}{self.word('single_titles')}"

    def _post_place(self) -> str:
        topic = f"{self.topic()} " if self.chance(0.6) else ""
        return f"{self.place()} {topic}{self.one('roles')}"

    def _post_project(self) -> str:
        first, second = (
            self.rng.choice(kinds("project_words", nth)) for nth in ("first", "second")
        )
        other = f"{self._made()} {self.rng.choice(['Programme', 'Project', 'Scheme', 'Service'])}"
        front = [f"{first} {second}", other, f"Operation {second}", self.word("short_bodies")]
        return f"{self.rng.choice(front)} {self.one('roles')}"

    def _post_short(self) -> str:
        text = self.word("short_titles")
        return f"{text} {self.topic()}" if self.chance(0.3) else text

    def _post_bracket(self) -> str:
        plain = self._post_plain()
        short = "".join(word[0] for word in plain.replace("/", " ").split() if word[0].isupper())
        inside = self.rng.choice([self.topic(), self.one("places_of_work"), short])
        return f"{plain} ({inside})"

    def _post_behind(self) -> str:
        sign = self.rng.choice([", ", ", ", " – ", " - ", ": "])
        return f"{self.one('titles')}{sign}{self.topic()}"

    def _post_slashed(self) -> str:
        """A slash inside a title: between fields of work, or words before the noun."""
        kind = self.pick((3, "topics"), (2, "roles"), (2, "fronts"))
        if kind == "topics":
            sign = self.rng.choice(["/", " / ", "/ "])
            if self.chance(0.4):
                short = f"{self.word('short_topics')}/{self.word('short_topics')}"
                return f"{short} {self.one('roles')}"
            return f"{self.one('topics')}{sign}{self.one('topics')} {self.one('roles')}"
        if kind == "roles":
            return f"{self.topic()} {self.one('roles')}/{self.one('roles')}"
        sign = self.rng.choice(["/", " / "])
        first, second = self.word("front_adjectives"), self.word("front_adjectives")
        return f"{first}{sign}{second} {self.one('roles')}"

    def _post_rank(self) -> str:
        kind = self.pick((4, "command"), (2, "head"), (2, "topic"))
        behind = {"command": self.one("commands"), "head": f"Head of {self.one('commands')}"}
        sign = self.pick((6, " "), (2, ", "), (1, " – "), (1, " - "))
        return f"{self.one('ranks')}{sign}{behind.get(kind) or self.topic()}"

    def _post_acting(self) -> str:
        how = self.rng.choice(["acting", "interim", "Acting", "job share"])
        return f"{self._post_plain()} ({how})"

    def _post_chair(self) -> str:
        chair = self.pick((5, "Chair"), (1, "Chairperson"), (1, "Secretary"), (1, "Co-ordinator"))
        return f"{self.group()} {chair}"

    def _post_plain(self) -> str:
        kind = self.pick((3, "head"), (3, "topic"), (3, "front"), (3, "title"))
        return str(getattr(self, f"_post_{kind}")())

    def collective(self) -> str:
        """A group named in place of people."""
        nouns = {"r": self.plural(self.one("roles")), "t": self.one("topics")}
        text = self.one("collectives").format(**nouns)
        return text if self.chance(0.7) else text[0] + text[1:].lower()

    def rank(self) -> str:
        """A rank, some with a collar number."""
        number = f" {self.rng.randrange(100, 9999)}" if self.chance(0.08) else ""
        return self.one("ranks") + number

    def plural(self, noun: str) -> str:
        """The plural of a noun of a job title, mostly in lower case."""
        noun = noun if noun.isupper() or self.chance(0.55) else noun.lower()
        return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"

    # Bodies

    def place(self) -> str:
        """A place that does not exist."""
        if self.chance(0.3):
            return self.rng.choice(kinds("places", "whole"))
        begin, end = (self.rng.choice(kinds("places", kind)) for kind in ("begin", "end"))
        front = self.rng.choice(
            ["North ", "South ", "East ", "West ", "Mid ", "Greater ", "Great "]
        )
        return (front if self.chance(0.15) else "") + begin + end

    def body(self) -> str:
        """A body that employs people."""
        kind = self.pick(
            (10, "kind"), (2, "national"), (2, "project"), (2, "short"), (2, "kind_alone")
        )
        if kind == "short":
            return self.word("short_bodies")
        if kind == "kind_alone":
            return self.one("kinds_alone")
        if kind == "national":
            return self.one("national")
        if kind == "project":
            first, second, third = (
                self.rng.choice(kinds("project_words", nth)) for nth in ("first", "second", "third")
            )
            third = f" {third}" if self.chance(0.9) else ""
            return f"{first} {second}{third}"
        return " ".join(
            self.place() if part == "{p}" else part for part in self.one("kinds").split()
        )

    def group(self) -> str:
        """A board, committee or working group."""
        text = self.one("groups").format(t=self.topic())
        if self.chance(0.15):
            text = text[0] + text[1:].lower()
        return f"{self.place()} {text}" if self.chance(0.2) else text

    def unit(self) -> str:
        """A team, ward or department."""
        return self.one("unit_kinds").format(
            t=self.one("topics"), p=self.place(), n=self.rng.randrange(1, 32)
        )

    # Others

    def contact(self) -> str:
        """A telephone number or an address for e-mails."""
        if self.chance(0.5):
            user = f"{self.letter().lower()}.{self.word('surnames').lower()}"
            return f"{user}@{self.place().lower().replace(' ', '')}.example"
        number = f"0{self.rng.randrange(1200, 7999)} {self.rng.randrange(100, 960)}"
        front = self.rng.choice(["", "", "Tel ", "Tel: ", "Mob ", "ext "])
        return f"{front}{number}{self.rng.randrange(100, 999)}"

    def sentence(self) -> str:
        """A sentence, or a date, that names nobody."""
        return self.one("prose").format(
            t=self.one("topics").lower(),
            b=self.body(),
            m=f"{self.word('months')} {self.rng.randrange(2011, 2026)}",
            r=self.plural(self.one("roles")),
        )
