"""What is kept of a compiled agreement: data, used where it matches in every point, and written anew where it does not."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import govlang
from govlang.tools.compiled import kept, sources
from govlang.tools.compiled.compiled import Compiled
from tests.differential.histories import ROOT
from tests.samples import AGREEMENT

ROW = {"in_term": True, "withdrawn": False, "proposed_by_director": True}


def written(folder: Path, text: str = AGREEMENT) -> Path:
    path = folder / "aurora.gov.md"
    path.write_text(text, encoding="utf-8")
    return path


def is_kept(compiled: Compiled) -> bool:
    return isinstance(compiled.source, kept.Kept)


@pytest.fixture
def cached(tmp_path: Path) -> tuple[Path, Path]:
    """An agreement and what is kept of it."""
    path, cache = written(tmp_path), tmp_path / "aurora.jsonl"
    assert not is_kept(govlang.compile(path, cache=cache))
    assert is_kept(govlang.compile(path, cache=cache))
    return path, cache


def test_it_answers_as_the_text_does(cached: tuple[Path, Path]) -> None:
    path, cache = cached
    fresh, again = govlang.compile(path), govlang.compile(path, cache=cache)
    assert again.about == fresh.about
    assert again.entries == fresh.entries
    for name in fresh.entries:
        assert again.right(name).right == fresh.right(name).right
        assert again.columns(name) == fresh.columns(name)
        assert [column.about for column in again.columns(name)] == [column.about for column in fresh.columns(name)]
        assert again.answer(name, ROW).as_data() == fresh.answer(name, ROW).as_data()


def test_the_same_text_gives_the_same_bytes(cached: tuple[Path, Path]) -> None:
    path, cache = cached
    before = cache.read_bytes()
    cache.unlink()
    govlang.compile(path, cache=cache)
    assert cache.read_bytes() == before


def test_it_is_data(cached: tuple[Path, Path]) -> None:
    lines = cached[1].read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2 + len(json.loads(lines[1])["rights"])
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert stat.S_IMODE(cached[1].stat().st_mode) == 0o600


def flip(place: float) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        at = int(len(data) * place)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    return change


def other_head(key: str, value: object) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        head, _, rest = data.partition(b"\n")
        return json.dumps({**json.loads(head), key: value}).encode() + b"\n" + rest

    return change


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"", "one line": lambda data: data.partition(b"\n")[0], "half": lambda data: data[: len(data) // 2],
    "but the last byte": lambda data: data[:-1], "one byte more": lambda data: data + b" ",
    "binary": lambda data: bytes(range(256)),
    "a pickle": lambda data: b"\x80\x04\x95\x10.", "deep": lambda data: b"[" * 100_000 + b"\n\n",
    "no head": lambda data: b"{}\n" + data,
    "a list": lambda data: b"[]\n[]\n", "format": other_head("govlang_compiled", 2), "grammar": other_head("grammar", "0" * 64),
    "made by": other_head("made_by", "0" * 64), "text": other_head("text", "0" * 64), "body": other_head("body", "0" * 64),
    "document": other_head("document", "other.gov.md"), "day": other_head("on", "2026-01-01"), "beside": other_head("beside", []),
    **{f"a bit at {place}": flip(place) for place in (0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999)},
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILED)
def test_what_does_not_match_is_written_anew(cached: tuple[Path, Path], how: str) -> None:
    path, cache = cached
    before = cache.read_bytes()
    spoiled = SPOILED[how](before)
    assert spoiled != before
    cache.write_bytes(spoiled)
    compiled = govlang.compile(path, cache=cache)
    assert not is_kept(compiled)
    assert compiled.verdict("Commit Spend", ROW).value == "pending"
    assert cache.read_bytes() == before
    assert is_kept(govlang.compile(path, cache=cache))


def test_another_text_is_another_agreement(cached: tuple[Path, Path]) -> None:
    path, cache = cached
    written(path.parent, AGREEMENT.replace("50,000 EUR", "60,000 EUR"))
    assert not is_kept(govlang.compile(path, cache=cache))
    assert is_kept(govlang.compile(path, cache=cache))


def test_another_govlang_makes_its_own(cached: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = cached
    for part in ("itself", "grammar"):
        with monkeypatch.context() as patch:
            patch.setattr(sources, part, lambda: "another")
            assert not is_kept(govlang.compile(path, cache=cache))
            assert is_kept(govlang.compile(path, cache=cache))


def test_the_fingerprint_of_govlang_changes_with_its_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "govlang"
    for name in ("core/lower.py", "model/nodes.py", "tools/compiled/sources.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(sources, "__file__", str(package / "tools/compiled/sources.py"))
    first = sources.itself.__wrapped__()
    (package / "core/lower.py").write_text("one = 2\n", encoding="utf-8")
    assert sources.itself.__wrapped__() != first


@pytest.mark.parametrize("name", ["aurora.lock.json", "aurora.holidays.json"])
def test_what_stands_beside_the_text_counts(cached: tuple[Path, Path], name: str) -> None:
    path, cache = cached
    (path.parent / name).write_text("{}", encoding="utf-8")
    assert not is_kept(govlang.compile(path, cache=cache))
    assert is_kept(govlang.compile(path, cache=cache))
    (path.parent / name).unlink()
    assert not is_kept(govlang.compile(path, cache=cache))


def test_shared_clauses_count(tmp_path: Path) -> None:
    terms, main = tmp_path / "terms.gov", tmp_path / "main.gov"
    terms.write_text("agreement Terms\n  version 1\n\nparties Helios, Norwind\n", encoding="utf-8")
    text = 'agreement Main\n  version 1\n\nuse "terms.gov"\n\ndecision Go\n  requires approval of every party\n'
    main.write_text(text, encoding="utf-8")
    assert [found.code for found in govlang.load(main).diagnostics] == ["GL126"]
    govlang.compile(main, cache=tmp_path / "c.jsonl")
    again = govlang.compile(main, cache=tmp_path / "c.jsonl")
    assert is_kept(again)
    assert again.source.loaded.sound
    with terms.open("a", encoding="utf-8") as file:
        file.write("\nparty Tallinn\n")
    assert not is_kept(govlang.compile(main, cache=tmp_path / "c.jsonl"))


def forged(data: bytes, change: Callable[[str], str]) -> bytes:
    """A file whose hashes fit what was put into it: only who may write the file can make one."""
    head, index, *lines = data.split(b"\n")
    lines = [change(line.decode()).encode() for line in lines]
    found, start = json.loads(index), 0
    for entry, line in zip(found["rights"], lines, strict=False):
        entry[4:], start = [start, len(line)], start + len(line) + 1
    body = b"\n".join((json.dumps(found).encode(), *lines))
    return json.dumps({**json.loads(head), "body": sources.sha256_of(body)}).encode() + b"\n" + body


@pytest.mark.parametrize(("old", "new"), [
    ('["c",0,', '["c","or print(1) or",'), ('["c",0,', '["c",99,'), ('["v",', '["import",'),
    ('["f",0]', '["f",-1]'), ('["f",0]', '["f",9999]'), ('"leaf"', '"loaf"'), ("{", "["),
    ('"name":"Commit Spend"', '"name":"Spend"'), ('"yesno"', '"code"'), ('"money","50000"', '"money","fifty"'),
    ('"tree":', '"tree":0,"shrub":'), ('"clause":', '"clause":1,"c":'),
])  # fmt: skip
def test_a_forged_file_runs_nothing(cached: tuple[Path, Path], old: str, new: str) -> None:
    path, cache = cached
    data = forged(cache.read_bytes(), lambda line: line.replace(old, new))
    assert data != forged(cache.read_bytes(), str)
    cache.write_bytes(data)
    compiled = govlang.compile(path, cache=cache)
    assert is_kept(compiled)
    with pytest.raises(govlang.NoAnswer, match="holds no plan of 'Commit Spend'"):
        compiled.verdict("Commit Spend", ROW)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners here")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_not_trusted(cached: tuple[Path, Path], mode: int) -> None:
    path, cache = cached
    cache.chmod(mode)
    assert not is_kept(govlang.compile(path, cache=cache))
    assert is_kept(govlang.compile(path, cache=cache))
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600


def test_what_somebody_else_owns_is_not_trusted(cached: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = cached
    owner = cache.stat().st_uid
    if owner == 0:
        os.chown(cache, 12345, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert not is_kept(govlang.compile(path, cache=cache))


def test_a_folder_keeps_many(tmp_path: Path) -> None:
    path, folder = written(tmp_path), tmp_path / "plans"
    govlang.compile(path, cache=folder)
    assert is_kept(govlang.compile(path, cache=folder))
    written(tmp_path, AGREEMENT.replace("50,000 EUR", "60,000 EUR"))
    govlang.compile(path, cache=folder)
    assert len(list(folder.iterdir())) == 2
    written(tmp_path)
    assert is_kept(govlang.compile(path, cache=folder))


@pytest.mark.parametrize("place", ["a file/c.jsonl", "a file", "/proc/none/c.jsonl", "nul\0.jsonl"])
def test_where_nothing_can_be_kept_answers_come_all_the_same(tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    compiled = govlang.compile(written(tmp_path), cache=tmp_path / place)
    assert compiled.verdict("Commit Spend", ROW).value == "pending"
    assert [each.name for each in tmp_path.iterdir()] in (["a file", "aurora.gov.md"], ["aurora.gov.md", "a file"])


def test_many_may_write_at_once(tmp_path: Path) -> None:
    path, cache = written(tmp_path), tmp_path / "c.jsonl"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: govlang.compile(path, cache=cache).verdict("Commit Spend", ROW).value, range(24)))
    assert set(found) == {"pending"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["aurora.gov.md", "c.jsonl"]
    assert is_kept(govlang.compile(path, cache=cache))


def test_who_is_reading_goes_on_reading_what_was_there(cached: tuple[Path, Path]) -> None:
    path, cache = cached
    before = cache.read_bytes()
    written(path.parent, AGREEMENT.replace("50,000 EUR", "60,000 EUR"))
    with cache.open("rb") as reading:
        start = reading.read(100)
        govlang.compile(path, cache=cache)
        assert cache.read_bytes() != before
        assert start + reading.read() == before


def test_a_disk_that_is_full_leaves_what_was_there(cached: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path, cache = cached
    before = cache.read_bytes()
    written(path.parent, AGREEMENT.replace("50,000 EUR", "60,000 EUR"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert govlang.compile(path, cache=cache).verdict("Commit Spend", ROW).value == "pending"
    assert cache.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["aurora.gov.md", "aurora.jsonl"]


def test_an_agreement_with_errors_is_not_kept(tmp_path: Path) -> None:
    path = written(tmp_path, AGREEMENT.replace("every party", "every partner"))
    with pytest.raises(govlang.NoAnswer, match="has errors"):
        govlang.compile(path, cache=tmp_path / "c.jsonl")
    with pytest.raises(govlang.NoAnswer):
        govlang.compile(tmp_path / "none.gov", cache=tmp_path / "c.jsonl")
    assert not (tmp_path / "c.jsonl").exists()


def test_an_amended_agreement_is_asked_of_a_day(tmp_path: Path) -> None:
    path = ROOT / "tests/constructs/amendments.gov"
    with pytest.raises(govlang.NoAnswer, match="several texts"):
        govlang.compile(path)
    texts = {day: govlang.compile(path, on=day, cache=tmp_path) for day in ("2024-01-01", "2030-01-01")}
    assert texts["2024-01-01"].about.version != texts["2030-01-01"].about.version
    assert len(list(tmp_path.iterdir())) == 2
    assert is_kept(govlang.compile(path, on="2024-01-01", cache=tmp_path))
