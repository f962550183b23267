"""Handing out and taking in, with a scheduler that does at once what it is told."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest

from actionplan import cluster_worker
from actionplan.cache import program
from actionplan.cluster_crew import ClusterSettings
from actionplan.cluster_driver import Driver, Work, seen_from_anywhere
from actionplan.cluster_worker import WORD_FILE, Landed, SupersededError, Ticket, objection, work_on
from actionplan.convert import Job, Options, Outcome
from actionplan.errors import BusyError
from actionplan.origins import file_source
from actionplan.stores import LocalStore

Answer = Callable[[list[tuple[int, Job]]], Any]


class Task:
    """A future that has its answer, or the error to raise."""

    def __init__(self, key: str, answer: Any, taken: Callable[[], None]) -> None:
        self.key, self._answer, self._taken = key, answer, taken

    def add_done_callback(self, call: Callable[[Task], None]) -> None:
        call(self)

    def result(self, timeout: float) -> Any:
        self._taken()
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def cancelled(self) -> bool:
        return False


class Crew:
    """Two workers, and what each task gives."""

    def __init__(self, answer: Answer) -> None:
        self.client, self.is_lost = self, False
        self.threads = {"tcp://a:1": 1, "tcp://b:1": 1}
        self.refused: dict[str, str] = {}
        self.out = self.most = 0
        self.sizes: list[int] = []
        self._answer, self._keys = answer, itertools.count()

    @property
    def chosen(self) -> list[str] | None:
        return list(self.threads) if self.refused else None

    def submit(self, call: Any, ticket: Any, work: Any, jobs: Any, **rest: Any) -> Task:
        self.out += 1
        self.most = max(self.most, self.out)
        self.sizes.append(len(jobs))
        return Task(str(next(self._keys)), self._answer(jobs), self._take)

    def _take(self) -> None:
        self.out -= 1

    def subscribe_topic(self, topic: str, handler: Any) -> None:
        pass

    def look(self) -> None:
        pass

    look_again = look

    def refuse(self, address: str, why: str) -> None:
        self.refused[address] = why
        self.threads.pop(address, None)


def done(job: Job, seconds: float = 0.01) -> Outcome:
    """The outcome of a document that was converted."""
    return Outcome(job.source, job.name, "converted", seconds=seconds)


def all_done(jobs: list[tuple[int, Job]], seconds: float = 0.01) -> Landed:
    """What comes back of a task in which all went well."""
    return Landed("tcp://a:1", [done(job, seconds) for _, job in jobs])


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    """Jobs whose inputs are there."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"")
    store = LocalStore(tmp_path / "out")
    return [Job(file_source(path), f"plan-{at:03}", store, Options()) for at in range(300)]


def drive(crew: Crew, jobs: list[Job], work: Work | None = None) -> list[Outcome]:
    """Run all jobs."""
    ticket = Ticket(jobs[0].folder, "word", program())
    settings = ClusterSettings(tick=0.01)
    driver = Driver(crew, ticket, work or Work(done), jobs, settings)  # type: ignore[arg-type]
    return list(driver.outcomes())


def test_few_tasks_are_out_at_a_time_and_outcomes_come_in_order(jobs: list[Job]) -> None:
    crew = Crew(all_done)
    assert [outcome.name for outcome in drive(crew, jobs)] == [job.name for job in jobs]
    assert crew.most == 2 * ClusterSettings().ahead
    assert max(crew.sizes) > 4  # documents of 10 ms go together
    assert crew.sizes[-1] == 1  # and not at the end, where others would wait


def test_documents_that_take_long_go_out_one_by_one(jobs: list[Job]) -> None:
    crew = Crew(lambda some: all_done(some, 5.0))
    drive(crew, jobs)
    assert set(crew.sizes) == {1}


def test_what_is_unchanged_is_not_handed_out(jobs: list[Job]) -> None:
    crew = Crew(all_done)
    known = {job.name for job in jobs[:-1]}
    outcomes = drive(crew, jobs, Work(done, known=done, names=known))
    assert len(outcomes) == len(jobs)
    assert crew.sizes == [1]


def test_a_failed_task_is_tried_again_alone_and_not_forever(jobs: list[Job]) -> None:
    tries: list[int] = []

    def answer(some: list[tuple[int, Job]]) -> Any:
        places = [place for place, _ in some]
        if 100 not in places:
            return all_done(some)
        tries.append(len(places))
        return RuntimeError("worse luck")

    outcomes = drive(Crew(answer), jobs)
    assert [outcome.name for outcome in outcomes if outcome.state == "failed"] == ["plan-100"]
    assert "worse luck" in outcomes[100].message
    assert len(tries) == ClusterSettings().attempts
    assert set(tries[1:]) == {1}


def test_a_worker_that_does_not_see_an_input_is_not_used(jobs: list[Job]) -> None:
    crew = Crew(lambda some: all_done(some))
    crew._answer = lambda some: (
        all_done(some) if crew.refused else Landed("tcp://b:1", [None for _ in some])
    )
    outcomes = drive(crew, jobs)
    assert {outcome.state for outcome in outcomes} == {"converted"}
    assert list(crew.refused) == ["tcp://b:1"]


def test_an_input_that_no_worker_sees_fails_in_the_end(jobs: list[Job]) -> None:
    crew = Crew(
        lambda some: Landed("tcp://a:1", [None if at == 3 else done(job) for at, job in some])
    )
    crew.refuse = lambda address, why: crew.refused.update({address: why})  # type: ignore[method-assign]
    outcomes = drive(crew, jobs)  # asked again, the worker is taken each time
    assert [outcome.name for outcome in outcomes if outcome.state == "failed"] == ["plan-003"]
    assert "do not see it" in outcomes[3].message


def test_an_input_that_is_gone_fails_alone(jobs: list[Job]) -> None:
    jobs[3].source.path.unlink()  # type: ignore[union-attr]
    crew = Crew(
        lambda some: Landed("tcp://a:1", [None if at == 3 else done(job) for at, job in some])
    )
    outcomes = drive(crew, jobs)
    assert [outcome.name for outcome in outcomes if outcome.state == "failed"] == ["plan-003"]
    assert "gone since the run began" in outcomes[3].message
    assert crew.refused == {}


def test_a_folder_that_another_run_took_ends_this_one(jobs: list[Job]) -> None:
    with pytest.raises(BusyError):
        drive(Crew(lambda some: SupersededError()), jobs)


def test_paths_are_absolute_where_they_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    job = Job(file_source(Path("in/plan.pdf")), "plan", LocalStore(Path("out")), Options())
    sent = seen_from_anywhere(job)
    assert sent.source.place == str(tmp_path / "in" / "plan.pdf")
    assert sent.folder == LocalStore(tmp_path / "out")
    assert sent.source.key == job.source.key


def test_a_worker_objects_to_what_it_cannot_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_worker, "_UNSEEN_SECONDS", 0.0)
    store = LocalStore(tmp_path)
    ticket = Ticket(store, "word", program())
    assert "does not see the output folder" in objection(ticket)
    store.write(WORD_FILE, b"another")
    assert "does not see the output folder" in objection(ticket)
    store.write(WORD_FILE, b"word")
    assert objection(ticket) == ""
    unseen = file_source(tmp_path / "plan.pdf")
    assert f"does not see {unseen}" in objection(ticket, [unseen])
    assert "other code or components" in objection(Ticket(store, "word", "other"))
    assert "is not the version here, 9.9" in objection(Ticket(store, "word", "other", "9.9"))


def test_a_task_of_a_run_that_is_over_begins_no_further_document(
    jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = jobs[0].folder
    store.write(WORD_FILE, b"word")
    begun: list[str] = []

    def one(work: object, job: Job) -> Outcome:
        begun.append(job.name)
        store.write(WORD_FILE, b"of the next run")
        return done(job)

    monkeypatch.setattr(cluster_worker, "isolated", one)
    monkeypatch.setattr(cluster_worker, "_allow_children", lambda: None)
    worker = SimpleNamespace(address="tcp://a:1", log_event=lambda topic, message: None)
    monkeypatch.setattr(distributed, "get_worker", lambda: worker)
    with pytest.raises(SupersededError):
        work_on(Ticket(store, "word", program()), done, list(enumerate(jobs[:3])))
    assert begun == ["plan-000"]
