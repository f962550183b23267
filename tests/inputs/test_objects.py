"""Documents from an object store, and results in one."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
from dataclasses import replace
from importlib import util
from pathlib import Path

import pytest

from actionplan import object_lock
from actionplan.errors import BusyError, ExitCode, MissingComponentError, OutputError, UsageError
from actionplan.fetching import FetchOptions
from actionplan.inputs import find_inputs
from actionplan.object_lock import LockTimes, ObjectLock
from actionplan.object_store import ObjectStore
from actionplan.publish import open_publication
from actionplan.stores import LocalStore, Store, open_store
from tests.conftest import Run

RUN_FILE = "run.json"


def put(url: str, *names: str, data: bytes = b"%PDF") -> None:
    store = open_store(url)
    for name in names:
        store.write(name, data)


def test_a_prefix_gives_its_pdf_files_at_any_depth(bucket: str) -> None:
    put(f"{bucket}/in", "a.pdf", "b/ü c.PDF", ".hidden/x.pdf", "notes.txt", "b/.y.pdf")
    for url in (f"{bucket}/in/", f"{bucket}/in"):
        found = find_inputs([url])
        assert [str(source) for source in found] == [
            f"{bucket}/in/a.pdf",
            f"{bucket}/in/b/ü c.PDF",
        ]
        assert [source.name for source in found] == ["a.pdf", "ü c.PDF"]
        assert all(source.load(FetchOptions()) == b"%PDF" for source in found)
        assert all(source.stamp(FetchOptions()) for source in found)


def test_the_name_of_an_object_is_taken_as_it_is(bucket: str) -> None:
    names = ["a#1.pdf", "a#2.pdf", "b%20c.pdf", "d?e.pdf"]
    put(bucket, *names)
    found = find_inputs([bucket])
    assert [source.name for source in found] == names
    assert [source.key for source in found] == [f"{bucket}/{name}" for name in names]
    assert all(source.load(FetchOptions()) == b"%PDF" for source in found)


def test_an_object_or_a_pattern_names_objects(bucket: str) -> None:
    put(f"{bucket}/in", "a.pdf", "b.pdf", "c.txt", "deep/d.pdf")
    assert [source.name for source in find_inputs([f"{bucket}/in/c.txt"])] == ["c.txt"]
    assert [source.name for source in find_inputs([f"{bucket}/in/*.pdf"])] == ["a.pdf", "b.pdf"]
    assert len(find_inputs([f"{bucket}/**/*.pdf"])) == 3


def test_the_mark_of_an_object_changes_with_it(bucket: str) -> None:
    put(bucket, "a.pdf", "b.pdf")
    before = {source.name: source.mark for source in find_inputs([bucket])}
    put(bucket, "a.pdf", data=b"%PDF other")
    after = {source.name: source.mark for source in find_inputs([bucket])}
    assert {name for name in before if before[name] != after[name]} == {"a.pdf"}


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("{bucket}/none/", "no PDF file there; check the address"),
        ("{bucket}/none.pdf", "no PDF file there; check the address"),
        ("{bucket}-none/", "cannot be listed (no such bucket or object); check the address, and"),
    ],
)
def test_what_names_no_object_is_told(url: str, problem: str, bucket: str) -> None:
    (source,) = find_inputs([url.format(bucket=bucket)])
    assert source.kind == "refused"
    assert source.problem.startswith(problem)


def test_an_object_that_is_gone_or_too_large_or_empty(
    bucket: str, run_apart: Run, tmp_path: Path
) -> None:
    put(bucket, "gone.pdf", "large.pdf", data=b"%PDF" * 1000)
    put(bucket, "empty.pdf", data=b"")
    sources = {source.name: source for source in find_inputs([bucket])}
    open_store(bucket).delete("gone.pdf")
    for name, problem in {
        "gone.pdf": "there is no such object; check the address",
        "large.pdf": "larger than 100 bytes; allow more with --max-bytes",
    }.items():
        with pytest.raises(Exception, match=f"{name}: {problem}"):
            sources[name].load(FetchOptions(max_bytes=100))
    assert sources["empty.pdf"].load(FetchOptions()) == b""
    ran = run_apart("convert", f"{bucket}/empty.pdf", "-o", tmp_path)
    assert ran.code == ExitCode.UNREADABLE
    assert "empty.pdf: the file is empty" in ran.err


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "local":
        return open_store(tmp_path / "out")
    return open_store(f"{request.getfixturevalue('bucket')}/out/")


def test_a_store_keeps_files(store: Store) -> None:
    store.make()
    assert store.names() == []
    assert not store.exists("a.json")
    assert store.stamp("a.json") == ""
    with pytest.raises(FileNotFoundError):
        store.read("a.json")
    store.write("a.json", b"1")
    store.write(".actionplan/documents/b.json", b"2")
    assert (store.names(), store.names(".actionplan/documents")) == (["a.json"], ["b.json"])
    assert (store.read("a.json"), store.exists("a.json")) == (b"1", True)
    for number in range(3):
        store.write(f"many/{number}", b"%d" % number)
    assert list(store.contents("many")) == [("0", b"0"), ("1", b"1"), ("2", b"2")]
    assert list(store.contents("none")) == []
    first = store.stamp("a.json")
    store.write("a.json", b"other")
    assert store.stamp("a.json") not in ("", first)
    store.delete("a.json")
    store.delete("a.json")
    assert store.names() == []
    assert store.shown("x").endswith("out/x")


def test_files_are_published_together(store: Store) -> None:
    store.make()
    with open_publication(store, RUN_FILE) as publication:
        stage = publication.stage()
        (stage / "a.csv").write_text("a")
        (stage / RUN_FILE).write_text("{}")
        assert store.names() == []
        publication.publish()
    assert store.names() == ["a.csv", RUN_FILE]
    assert store.read("a.csv") == b"a"
    assert store.names(".actionplan/new") == []


def test_one_run_at_a_time_has_the_folder(store: Store) -> None:
    store.make()
    with (
        open_publication(store, RUN_FILE),
        pytest.raises(BusyError, match="another run is writing here; wait for it"),
        open_publication(store, RUN_FILE),
    ):
        pass
    with open_publication(store, RUN_FILE):
        pass


def test_files_that_a_dead_run_was_moving_are_moved_by_the_next(bucket: str) -> None:
    store = open_store(bucket)
    store.write(".actionplan/new/a.csv", b"new")
    store.write("a.csv", b"old")
    store.write("b.csv", b"moved already")
    store.write(".actionplan/moving.json", json.dumps(["a.csv", "b.csv"]).encode())
    store.write(".actionplan/new/b.csv", b"moved already")
    with open_publication(store, RUN_FILE):
        assert store.read("a.csv") == b"new"
        assert store.read("b.csv") == b"moved already"
    assert store.names(".actionplan") == []


def object_folder(bucket: str) -> ObjectStore:
    store = open_store(bucket)
    assert isinstance(store, ObjectStore)
    return store


def test_the_lock_of_a_dead_run_is_taken_over_once_it_is_old(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = object_folder(bucket)
    dead = ObjectLock(store)
    dead._owner = replace(dead._owner, host="elsewhere")
    assert dead._put(IfNoneMatch="*")
    with pytest.raises(BusyError, match=r"process \d+ on elsewhere; one that died keeps"):
        ObjectLock(store).__enter__()
    monkeypatch.setattr(object_lock, "TIMES", LockTimes(lasting=-1))
    with ObjectLock(store):
        assert not dead._put(IfMatch=dead._tag)  # should it not be dead, it is told
    assert not store.exists(".actionplan/lock.json")


@pytest.mark.skipif(not object_lock._boot(), reason="nothing tells a start of this machine")
def test_the_lock_of_a_dead_process_of_this_machine_is_taken_over(bucket: str) -> None:
    store = object_folder(bucket)
    code = (
        "import os, sys; from actionplan.object_lock import ObjectLock;"
        "from actionplan.stores import open_store;"
        "ObjectLock(open_store(sys.argv[1])).__enter__(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, store.url], check=False).returncode == 9
    assert store.exists(".actionplan/lock.json")
    with open_publication(store, RUN_FILE):
        pass


def test_a_lock_is_renewed_and_its_loss_is_noticed(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = object_folder(bucket)
    monkeypatch.setattr(object_lock, "TIMES", LockTimes(renewal=0.01))
    renewed, tick = threading.Event(), threading.Event()
    real = ObjectLock._put

    def noted(lock: ObjectLock, **condition: str) -> bool:
        held = real(lock, **condition)
        (renewed if held else tick).set()
        if "IfMatch" in condition and held:
            store.write(".actionplan/lock.json", b'{"owner": "vm:1:x"}')  # another run takes it
        return held

    with open_publication(store, RUN_FILE) as publication:
        (publication.stage() / "a.csv").write_text("a")
        monkeypatch.setattr(ObjectLock, "_put", noted)
        assert renewed.wait(60)
        assert tick.wait(60)
        with pytest.raises(BusyError):
            publication.publish()
    assert store.names() == []
    assert store.exists(".actionplan/lock.json")  # that of the other run


def test_a_run_in_the_object_store_gives_what_a_local_one_gives(
    bucket: str, run_apart: Run, tmp_path: Path, sample: Path
) -> None:
    put(f"{bucket}/in", "one.pdf", "two.pdf", "more/one.pdf", data=sample.read_bytes())
    put(f"{bucket}/in", "bad.pdf", data=b"no plan")
    local = tmp_path / "in"
    for name in ("one.pdf", "two.pdf", "more/one.pdf", "bad.pdf"):
        (local / name).parent.mkdir(parents=True, exist_ok=True)
        (local / name).write_bytes(open_store(f"{bucket}/in").read(name))
    there = run_apart("convert", f"{bucket}/in", "-o", f"{bucket}/out", "--jobs", 2)
    here = run_apart("convert", local, "-o", tmp_path / "out", "--jobs", 1)
    assert there.code == here.code == ExitCode.SOME_FAILED
    assert "3 converted, 1 failed" in there.err
    stores = open_store(f"{bucket}/out"), open_store(tmp_path / "out")
    assert stores[0].names() == stores[1].names()
    for name in stores[0].names():
        if name not in (RUN_FILE, "failures.csv"):  # these tell times and places
            assert stores[0].read(name) == stores[1].read(name), name
    assert stores[0].names(".actionplan/documents") == stores[1].names(".actionplan/documents")
    again = run_apart("convert", f"{bucket}/in", "-o", f"{bucket}/out", "--jobs", 1)
    assert "3 unchanged, 1 failed" in again.err
    assert not stores[0].exists(".actionplan/lock.json")


def test_results_go_to_folders_and_s3_alone(run: Run, sample: Path) -> None:
    ran = run("convert", sample, "-o", "https://host.example/out")
    assert ran.code == ExitCode.USAGE
    assert "no place for results; name a folder or an s3: address with -o" in ran.err


def test_a_bucket_that_is_not_there_is_told(bucket: str, run: Run, sample: Path) -> None:
    ran = run("convert", sample, "-o", f"{bucket}-none/out")
    assert ran.code == ExitCode.USAGE
    assert "cannot be used (no such bucket or object); check the address, and the" in ran.err
    with pytest.raises(OutputError, match="cannot be written"):
        open_store(f"{bucket}-none").write("a", b"")


def test_without_its_component_an_object_store_is_not_read(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path, sample: Path
) -> None:
    find_spec = util.find_spec
    monkeypatch.setattr(
        "actionplan.objects.find_spec", lambda name: None if name == "s3fs" else find_spec(name)
    )
    told = "s3fs is not installed; install it with: pip install 'actionplan[remote]'"
    for arguments in (["s3://bucket/in", "-o", tmp_path], [sample, "-o", "s3://bucket/out"]):
        ran = run("convert", *arguments)
        assert ran.code == ExitCode.MISSING_COMPONENT
        assert told in ran.err
    with pytest.raises(MissingComponentError):
        find_inputs(["s3://bucket/in"])


def test_a_local_store_costs_no_further_import() -> None:
    code = (
        "import sys; from actionplan.stores import open_store; open_store('x').names();"
        "from actionplan.inputs import find_inputs; find_inputs([sys.argv[1]])[0].stamp(None);"
        "heavy = {'fsspec', 's3fs', 'httpx', 'ssl', 'socket'} & sys.modules.keys();"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code, __file__], check=True)


def test_stores_are_small_and_the_same_elsewhere() -> None:
    for one in (LocalStore(Path("x")), ObjectStore("s3://bucket/out")):
        assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(UsageError):
        open_store("ftp://host.example/out")
