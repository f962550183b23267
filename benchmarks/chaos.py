"""Random kills over a run, here and on a cluster: are the results those of an undisturbed run?

    python benchmarks/chaos.py [--documents 300] [--kills 50] [--seed 1]

Half of the kills go to runs on this machine, half to runs on a cluster of two workers on loopback.
Each comes (SIGKILL) when a certain number of results is there, drawn at random; so is what it hits.
A run whose parent was killed is given again; scheduler and nannies are started again as a service
manager would. Then all files are compared, byte by byte. Some documents are unreadable.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
from dask_here import DaskHere, document_processes, frozen_program
from made_pdfs import make_folder
from peers import CACHE
from same_files import differences, documents

PAGES = 3
BAD = 40  # one document of so many is unreadable
LAST = 0.95  # the last kill comes before so much is done
LOOK = 0.02  # seconds between two looks at the number of results

Targets = Mapping[str, Callable[[], list[psutil.Process]]]


@dataclass(frozen=True)
class Kill:
    """What was killed, and how many results there were."""

    what: str
    done: int


@dataclass(frozen=True)
class Fired:
    """What came of a run under fire: kills, times the command was given, seconds, differences."""

    kills: list[Kill]
    runs: int
    seconds: float
    wrong: list[str]


class Fire:
    """A run with kills.

    Args:
        command: what to run, again after each death of it.
        out: its output folder.
        env: its environment.
    """

    def __init__(self, command: list[str], out: Path, env: dict[str, str]) -> None:
        self._command, self._out, self._env = command, out, env
        self.parent: subprocess.Popen[bytes] | None = None
        self.runs = 0
        self.kills: list[Kill] = []

    def go(
        self, when: list[int], random: Random, targets: Targets, keep: Callable[[], None]
    ) -> int:
        """Run to the end, killing one of `targets` at each count of results in `when`.

        Args:
            when: counts of results, in order.
            random: draws the targets.
            targets: names of what can be killed, and what finds its processes.
            keep: starts what else has to be there, if it was killed.

        Returns:
            The exit code of the run that came to its end.
        """
        when = list(when)
        while True:
            keep()
            if self.parent is None or self.parent.poll() is not None:
                if self.parent is not None and self.parent.returncode >= 0:
                    return self.parent.returncode
                self.parent = subprocess.Popen(
                    self._command, env=self._env, stderr=subprocess.DEVNULL
                )
                self.runs += 1
            done = _results(self._out)
            if when and done >= when[0] and self._kill(random, targets, done):
                when.pop(0)
            time.sleep(LOOK)

    def _kill(self, random: Random, targets: Targets, done: int) -> bool:
        """Kill something; False if it is not there just now."""
        what = random.choice(sorted(targets))
        processes = targets[what]()
        if not processes:
            return False
        random.choice(processes).kill()
        if self.parent and what == "parent":
            self.parent.wait()
        self.kills.append(Kill(what, done))
        return True

    def parents(self) -> list[psutil.Process]:
        """The process of the command itself."""
        if self.parent is None or self.parent.poll() is not None:
            return []
        with suppress(psutil.Error):
            return [psutil.Process(self.parent.pid)]
        return []


def main() -> None:
    """Print what was killed and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    plans = make_folder(CACHE / f"plans-{chosen.documents}x{PAGES}", chosen.documents, PAGES)
    _spoil(plans)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        env = frozen_program(work / "program")
        start = time.perf_counter()
        code = Fire(_convert(plans, work / "calm"), work / "calm", env).go(
            [], Random(), {}, lambda: None
        )
        if not (work / "calm" / "run.json").exists():
            raise SystemExit(f"the undisturbed run ended with {code}")
        print(f"undisturbed: {time.perf_counter() - start:.0f} s, exit code {code}", flush=True)
        half = chosen.kills // 2
        random = Random(chosen.seed)
        here = _here(plans, work, env, random, half)
        _print("this machine", here)
        cluster = _cluster(plans, work, env, random, chosen.kills - half)
        _print("cluster", cluster)
    if here.wrong or cluster.wrong or len(here.kills + cluster.kills) < chosen.kills:
        raise SystemExit("NOT the results of the undisturbed run, or too few kills")
    print(f"\n{chosen.kills} kills; all files as in the undisturbed run, byte for byte")


def _here(plans: Path, work: Path, env: dict[str, str], random: Random, kills: int) -> Fired:
    out = work / "here"
    fire = Fire(_convert(plans, out), out, env)
    targets: Targets = {
        "parent": fire.parents,
        "worker": lambda: document_processes(fire.parents()),
    }
    return _fired(fire, plans, out, random, kills, targets, lambda: None)


def _cluster(plans: Path, work: Path, env: dict[str, str], random: Random, kills: int) -> Fired:
    out = work / "cluster"
    with DaskHere(work / "dask", 2, env) as dask:
        fire = Fire([*_convert(plans, out), "--cluster", dask.address], out, env)
        targets: Targets = {
            "parent": fire.parents,
            "dask worker": dask.workers,
            "process of a document": lambda: document_processes(dask.workers()),
            "nanny": lambda: [psutil.Process(one.pid) for one in dask.nannies if one],
            "scheduler": lambda: [psutil.Process(dask.scheduler.pid)] if dask.scheduler else [],
        }
        return _fired(fire, plans, out, random, kills, targets, dask.keep_up)


def _fired(
    fire: Fire, plans: Path, out: Path, random: Random, kills: int, targets: Targets,
    keep: Callable[[], None],
) -> Fired:  # fmt: skip
    start = time.perf_counter()
    count = len(list(plans.glob("*.pdf")))
    fire.go(sorted(random.sample(range(1, int(LAST * count)), kills)), random, targets, keep)
    wrong = differences(out.with_name("calm"), out)
    listed = [one["name"] for one in documents(out)]
    if len(listed) != count or len(set(listed)) != count:
        wrong.append(f"run.json lists {len(listed)} documents of {count}")
    return Fired(fire.kills, fire.runs, time.perf_counter() - start, wrong)


def _convert(plans: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "actionplan", "convert", str(plans), "-o", str(out), "-j", "2"]


def _results(out: Path) -> int:
    return sum(1 for _ in out.glob("*.plan.json"))


def _spoil(plans: Path) -> None:
    """Put unreadable files beside the plans: cut off, and no PDF at all."""
    whole = sorted(plans.glob("plan-*.pdf"))
    for place, path in enumerate(whole[::BAD]):
        data = path.read_bytes()[:200] if place % 2 else b"no PDF"
        (plans / f"bad-{place:03}.pdf").write_bytes(data)


def _print(where: str, fired: Fired) -> None:
    counts = Counter(kill.what for kill in fired.kills)
    print(f"\n## {where}: {len(fired.kills)} kills, {fired.runs} runs, {fired.seconds:.0f} s\n")
    print("| killed | times | after results |\n| --- | --- | --- |")
    for what, times in sorted(counts.items()):
        places = ", ".join(str(kill.done) for kill in fired.kills if kill.what == what)
        print(f"| {what} | {times} | {places} |")
    print(f"\nfiles that differ: {len(fired.wrong)} {' '.join(fired.wrong[:5])}", flush=True)


if __name__ == "__main__":
    main()
