"""The command line: every verb, every exit code, and no traceback whatever is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import samples
from click.testing import CliRunner, Result

from govlang import cli
from govlang.codes import CODES
from govlang.schema import published
from govlang.verbs.new import TEMPLATES

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    samples.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.govlang, list(arguments), input=given)


def decide(*arguments: str, given: str | bytes | None = None) -> Result:
    return run("decide", "aurora.gov.md", *arguments, given=given)


def ask(action: object, *arguments: str) -> Result:
    text = action if isinstance(action, str | bytes) else json.dumps(action)
    return decide("--action", "-", "--record", "aurora.minutes", *arguments, given=text)


def outside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "govlang", *arguments], env=settings, capture_output=True, check=False)


# ---------------------------------------------------------------- check and test


def test_check_of_a_clean_agreement_says_so() -> None:
    result = run("check", "aurora.gov.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 agreement checked: nothing to report\n"


def test_check_shows_the_place_the_line_and_the_remedy(folder: Path) -> None:
    (folder / "bad.gov").write_text("agreement Bad\n\ndecision Spend\n  requires approval of every Directr\n", encoding="utf-8")
    result = run("check", "bad.gov")
    assert result.exit_code == 1
    assert "bad.gov:4:30: error GL101 unknown-name: 'Directr' is not defined" in result.stdout
    assert "     4 |   requires approval of every Directr\n       |                              ^^^^^^^\n" in result.stdout
    assert "see:  govlang explain GL101" in result.stdout


def test_check_runs_scenarios_and_names_what_none_touches(folder: Path) -> None:
    text = samples.AGREEMENT.replace("expect S-1 permitted", "expect S-1 denied")
    text = text[: text.index("scenario A large")] + "```\n"
    (folder / "aurora.gov.md").write_text(text, encoding="utf-8")
    result = run("check", "aurora.gov.md")
    assert result.exit_code == 1
    assert "error GL501 scenario-fails: S-1 is expected to be denied, and it is permitted" in result.stdout
    assert "warning GL502 untested-clause: no scenario of Commit Spend reaches: approval of every party" in result.stdout


def test_check_of_a_folder_takes_the_agreements_in_it(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "b.gov").write_text("agreement B\n  version 1\n", encoding="utf-8")
    (folder / "notes.md").write_text("no agreement", encoding="utf-8")
    assert run("check", ".").stdout.endswith("2 agreements checked: nothing to report\n")


def test_coverage_counts_clauses_decisions_and_requirements() -> None:
    for verb in ("check", "test"):
        result = run(verb, "aurora.gov.md", "--coverage")
        assert result.exit_code == 0
        assert "clauses          2 of 3    with a rule (66%)" in result.stdout
        assert "requirements     5 of 5    reached (100%)" in result.stdout
        assert "text only: 3 Good faith" in result.stdout


def test_test_prints_one_line_a_scenario() -> None:
    result = run("test", ".")
    assert result.exit_code == 0
    assert "  ok    A small spend\n" in result.stdout
    assert "story.md\n  ok    A refusal\n" in result.stdout
    assert result.stdout.endswith("3 scenarios in 2 files: 3 passed\n")


def test_test_shows_what_was_expected_and_what_came(folder: Path) -> None:
    (folder / "story.md").write_text(samples.STORY.replace("expect S-1 denied", "expect S-1 permitted"), encoding="utf-8")
    result = run("test", "story.md", "--junit", "out.xml")
    assert result.exit_code == 1
    assert "FAIL  A refusal" in result.stdout
    assert "story.md:14:3: error GL501" in result.stdout
    assert "S-1 is expected to be permitted, and it is denied" in result.stdout
    assert 'failures="1"' in (folder / "out.xml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- decide


def test_the_exit_code_is_the_verdict() -> None:
    proposal = ("--proposal", "S-1", "--record", "aurora.minutes")
    assert decide(*proposal).exit_code == 3
    by_ana = {"decision": "Commit Spend", "by": "Ana Ruiz", "facts": {"amount": "5 EUR"}}
    assert ask({**by_ana, "by": "Nobody Known"}).exit_code == 1
    assert ask({"decision": "Paint The House"}).exit_code == 4
    with Path("aurora.minutes").open("a", encoding="utf-8") as record:
        record.write("2026-03-04  Ben Okafor votes for S-1\n")
    assert decide(*proposal, "--on", "2026-03-30").exit_code == 0
    assert decide(*proposal, "--on", "2026-03-05").exit_code == 3


def test_an_answer_shows_verdict_requirements_clauses_and_what_is_missing() -> None:
    said = decide("--proposal", "S-1", "--record", "aurora.minutes").stdout
    first, *_ = said.splitlines()
    assert first == "PENDING  S-1: Commit Spend, on 2026-03-03"
    for part in (
        "met     proposed by any Director", "open    approval of every party", "counted: 1 for (Helios)", "clause 2 (Spending)",
        "“Money is spent by the Board.”", "approval of Norwind", "Paths to yes", "no veto by Chair",
    ):  # fmt: skip
        assert part in said, part


def test_an_action_without_an_id_is_a_proposal_after_the_record() -> None:
    result = ask({"decision": "Commit Spend", "by": ["Ana Ruiz"], "facts": {"amount": "50,000 EUR"}})
    assert result.stdout.startswith("PENDING  Commit Spend, on 2026-03-03\n")
    later = ask({"decision": "Commit Spend", "by": "Ana Ruiz", "on": "2026-05-01", "facts": {"amount": "1 EUR"}})
    assert later.stdout.startswith("PENDING  Commit Spend, on 2026-05-01\n")


def test_an_action_with_the_id_of_a_proposal_is_that_proposal() -> None:
    action = {"decision": "Commit Spend", "id": "S-1", "by": "Ana Ruiz", "facts": {"amount": "300,000 EUR"}}
    assert ask(action).stdout.startswith("PENDING  S-1: Commit Spend, on 2026-03-03\n")
    other = ask({**action, "facts": {"amount": "3 EUR"}})
    assert other.exit_code == 2
    assert "error GL406 bad-action: 'amount' is given otherwise on record" in other.stderr


def test_a_question_needs_a_day() -> None:
    result = decide("--action", "-", given='{"decision": "Commit Spend"}')
    assert result.exit_code == 2
    assert "say as of which day" in result.stderr
    assert "--on" in result.stderr


def test_the_record_may_be_in_several_files_and_forms(folder: Path) -> None:
    events = run("record", "convert", "aurora.minutes", "--to", "jsonl").stdout.splitlines(keepends=True)
    (folder / "one.jsonl").write_text("".join(events[:3]), encoding="utf-8")
    (folder / "two.minutes").write_text(samples.RECORD[samples.RECORD.index("2026-03-02") :], encoding="utf-8")
    whole = decide("--proposal", "S-1", "--record", "aurora.minutes").stdout
    for order in (("one.jsonl", "two.minutes"), ("two.minutes", "one.jsonl")):
        records = [part for name in order for part in ("--record", name)]
        assert decide("--proposal", "S-1", *records).stdout == whole


def test_bad_lines_of_the_record_are_reported_and_the_rest_is_judged() -> None:
    with Path("aurora.minutes").open("a", encoding="utf-8") as record:
        record.write("2026-03-04  Ana Ruiz dances\n2026-03-04  Ben Okafr votes for S-1\n")
    result = decide("--proposal", "S-1", "--record", "aurora.minutes")
    assert result.exit_code == 3
    assert "aurora.minutes:8:22: error GL401" in result.stderr
    assert "did you mean 'Ben Okafor'?" in result.stderr


def test_nothing_is_answered_from_an_agreement_with_errors(folder: Path) -> None:
    (folder / "aurora.gov.md").write_text(samples.AGREEMENT.replace("every party\n", "every prty\n", 1), encoding="utf-8")
    for arguments in (("decide", "aurora.gov.md", "--proposal", "S-1"), ("who", "aurora.gov.md", "Commit Spend")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "error GL" in result.stderr


BAD_ACTIONS: list[tuple[str, bytes, str]] = [
    ("not JSON", b"{", "GL406"), ("a list", b"[]", "GL406"), ("nothing", b"", "GL406"), ("no decision", b"{}", "GL406"),
    ("a key twice", b'{"decision": "A", "decision": "B"}', "GL406"), ("NaN", b'{"decision": NaN}', "GL406"),
    ("unknown key", b'{"decision": "Commit Spend", "who": "A"}', "GL406"), ("Latin-1", b'{"decision": "\xe9"}', "GL003"),
    ("NUL", b'{"decision": "\\u0000"}', "GL006"), ("raw NUL", b'{"decision": "\x00"}', "GL406"),
    ("surrogate", b'{"decision": "\\ud800"}', "GL006"), ("nested", b"[" * 100_000, "GL005"), ("large", b" " * 1_000_001, "GL005"),
    ("no such year", b'{"decision": "Commit Spend", "on": "9999-12-31"}', "GL406"),
    ("no such day", b'{"decision": "Commit Spend", "on": "2026-02-31"}', "GL406"),
    ("a float", b'{"decision": "Commit Spend", "facts": {"amount": 1.5}}', "GL408"),
    ("other currency", b'{"decision": "Commit Spend", "facts": {"amount": "1 USD"}}', "GL408"),
    ("no currency", b'{"decision": "Commit Spend", "facts": {"amount": "1 QQQ"}}', "GL408"),
    ("unknown fact", b'{"decision": "Commit Spend", "facts": {"amont": "1 EUR"}}', "GL408"),
    ("null", b'{"decision": "Commit Spend", "facts": {"amount": null}}', "GL408"),
    ("facts in a list", b'{"decision": "Commit Spend", "facts": ["amount"]}', "GL408"),
    ("a huge number", b'{"decision": "Commit Spend", "facts": {"amount": 1e9999999}}', "GL406"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "code"), [row[1:] for row in BAD_ACTIONS], ids=[row[0] for row in BAD_ACTIONS])
def test_bad_actions_are_explained(action: bytes, code: str) -> None:
    result = ask(action)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error {code}" in result.stderr
    assert "hint: " in result.stderr


def test_an_action_may_begin_with_a_byte_order_mark() -> None:
    assert ask(b'\xef\xbb\xbf{"decision": "Commit Spend", "by": "Ana Ruiz", "facts": {"amount": 1}}').exit_code == 2
    assert ask(b'\xef\xbb\xbf{"decision": "Commit Spend", "by": "Ana Ruiz", "facts": {"amount": "1 EUR"}}').exit_code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",), ("check", "missing.gov"), ("check", "latin.gov"), ("check", "empty"), ("check", "bad\0name"), ("bogus",),
        ("decide", "aurora.gov.md"), ("decide", "aurora.gov.md", "--proposal", "S-9", "--record", "aurora.minutes"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "missing.minutes"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "empty"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "large.minutes"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes", "--on", "2026-02-30"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes", "--on", "2020-01-01"),
        ("decide", "aurora.gov.md", "--action", "missing.json"), ("decide", "missing.gov", "--proposal", "S-1"),
        ("decide", "empty", "--proposal", "S-1"), ("who", "aurora.gov.md", "Nothing"),
        ("who", "aurora.gov.md", "Commit Spend", "x"),
        ("who", "aurora.gov.md", "Commit Spend", "amount=5"), ("who", "aurora.gov.md", "Commit Spend", "amont=5 EUR"),
        ("test", "empty"), ("test", "missing.md"), ("explain", "GL999"), ("explain", "nonsense"), ("new", "aurora.gov.md"),
        ("new", "empty"), ("new", "nowhere/a.gov.md"), ("record", "convert", "missing.minutes", "--to", "jsonl"),
        ("schema", "nothing"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_and_unreadable_input_end_with_2(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "latin.gov").write_bytes(b"agreement Caf\xe9\n")
    (folder / "large.minutes").write_bytes(b"a" * 5_000_001)
    (folder / "empty").mkdir()
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output


# ---------------------------------------------------------------- new, explain, schema, record


def test_new_writes_an_agreement_that_checks_clean(folder: Path) -> None:
    for template in TEMPLATES:
        path = f"my-{template}.gov.md"
        assert run("new", path, "--template", template, "--name", "Northern Lights & Café 2").exit_code == 0
        assert "Northern Lights & Café 2" in (folder / path).read_text(encoding="utf-8")
        assert run("check", path).stdout == "1 agreement checked: nothing to report\n"
    assert not list(folder.glob(".govlang-*"))


def test_new_never_overwrites(folder: Path) -> None:
    assert run("new").exit_code == 0
    before = (folder / "alliance.gov.md").read_bytes()
    assert run("new", "--name", "Other").exit_code == 2
    assert (folder / "alliance.gov.md").read_bytes() == before


@pytest.mark.parametrize("name", ["`x", "a\nb\x07", "\x1b[31mred"])
def test_new_refuses_names_that_no_agreement_can_have(name: str, folder: Path) -> None:
    assert run("new", "x.gov.md", "--name", name).exit_code == 2
    assert not (folder / "x.gov.md").exists()


def test_every_code_is_explained() -> None:
    for code, entry in CODES.items():
        result = run("explain", code)
        assert result.exit_code == 0
        assert code in result.stdout
        assert run("explain", entry.name).stdout == result.stdout
    assert run("explain", "101").stdout == run("explain", "gl101").stdout


def test_schemas_are_valid_and_hold_for_what_is_printed() -> None:
    proposal = ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes")
    printed = {
        "answer": (*proposal, "--format", "json"), "diagnostics": ("check", ".", "--coverage", "--format", "json"),
        "tests": ("test", ".", "--coverage", "--format", "json"),
        "rights": ("who", "aurora.gov.md", "Commit Spend", "amount=5 EUR", "--record", "aurora.minutes", "--format", "json"),
    }  # fmt: skip
    for name in ("answer", "action", "event", "diagnostics", "tests", "rights"):
        schema: dict[str, Any] = json.loads(run("schema", name).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == published(name)
        if name in printed:
            jsonschema.validate(json.loads(run(*printed[name]).stdout), schema)


def test_a_record_is_converted_both_ways(folder: Path) -> None:
    lines = run("record", "convert", "aurora.minutes", "--to", "jsonl")
    assert lines.exit_code == 0
    (folder / "aurora.jsonl").write_text(lines.stdout, encoding="utf-8")
    assert run("record", "convert", "aurora.jsonl", "--to", "minutes").stdout == samples.RECORD
    for name in ("aurora.minutes", "aurora.jsonl"):
        assert decide("--proposal", "S-1", "--record", name, "--format", "json").exit_code == 3


# ---------------------------------------------------------------- ways out


def test_an_internal_error_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(path: object) -> None:
        raise RuntimeError("\x1b[31mboom")

    monkeypatch.setattr("govlang.tools.check.check", broken)
    monkeypatch.delenv("GOVLANG_DEBUG", raising=False)
    with pytest.raises(SystemExit) as left:
        cli.main(["check", "aurora.gov.md"])
    assert left.value.code == 70
    said = capsys.readouterr().err
    assert said.startswith("internal error (RuntimeError: \\u001b[31mboom)")
    assert said.count("\n") == 1
    monkeypatch.setenv("GOVLANG_DEBUG", "1")
    with pytest.raises(SystemExit):
        cli.main(["check", "aurora.gov.md"])
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("govlang.tools.check.check", interrupted)
    with pytest.raises(SystemExit) as left:
        cli.main(["check", "aurora.gov.md"])
    assert left.value.code == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_leaves_is_no_traceback() -> None:
    command = f'"{sys.executable}" -m govlang schema event | head -c 10 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")  # 0 when everything was written before the reader left


def test_output_is_the_same_on_every_run() -> None:
    runs = (
        ("check", ".", "--format", "sarif"), ("test", ".", "--coverage", "--format", "json"),
        ("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes", "--format", "json"),
        ("who", "aurora.gov.md", "Commit Spend", "--record", "aurora.minutes"), ("schema", "event"),
    )  # fmt: skip
    for arguments in runs:
        first = outside(*arguments, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
        second = outside(*arguments, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
        assert (first.returncode, first.stderr) == (second.returncode, second.stderr)
        assert first.stdout == second.stdout or arguments[0] == "who"


def test_a_terminal_without_unicode_gets_plain_characters() -> None:
    done = outside("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes", PYTHONIOENCODING="ascii")
    assert done.returncode == 3
    assert b'clause 2 (Spending): "Money is spent by the Board."' in done.stdout
    as_json = outside("decide", "aurora.gov.md", "--proposal", "S-1", "--record", "aurora.minutes", "--format", "json",
                      PYTHONIOENCODING="ascii")  # fmt: skip
    json.loads(as_json.stdout.decode("utf-8"))


@pytest.mark.parametrize("text", [samples.AGREEMENT, "agreement Bad\n\nrequires nothing\n"])
def test_a_plain_check_says_what_the_check_with_options_says(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without options it goes past the reader of options."""
    (folder / "one.gov.md").write_text(text, encoding="utf-8")
    for paths in (["one.gov.md"], [str(folder)], ["missing.gov"], ["missing.gov", "one.gov.md"]):
        codes = [cli._run(["check", *paths]), cli._run(["check", "--format", "text", *paths])]
        out = capsys.readouterr()
        half = len(out.out) // 2
        assert codes[0] == codes[1]
        assert out.out[:half] == out.out[half:]
        assert out.err[: len(out.err) // 2] == out.err[len(out.err) // 2 :]


def test_check_of_text_does_not_load_what_it_does_not_need() -> None:
    script = "import sys; from govlang.cli import _run; _run(['check', 'aurora.gov.md']); print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint({"click", "pydantic", "lark", "xml.sax", "zoneinfo", "govlang.schema", "govlang.tools.questions"})
