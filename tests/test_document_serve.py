"""`govlang docs serve`: what it answers, that it sees changes, that it tells nobody else's page anything."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner

from govlang.cli import commands
from govlang.tools.document.gathering import Gathered, gather
from govlang.verbs import serving

TEXT = 'agreement Harbour\n  "Two ports share a crane."\n  version 1\n\nparty Helios\n'
Ask = Callable[..., tuple[int, dict[str, str], str]]


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.gov"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def live(agreement: Path) -> serving.Live:
    def gathered() -> list[Gathered]:
        return gather([str(agreement)])

    found = serving.Live(gathered, [str(agreement)])
    found.make()
    return found


def change(path: Path, text: str) -> None:
    """Writes a file so that its time differs from before, however fast that is."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


@pytest.fixture
def ask(live: serving.Live) -> Iterator[Ask]:
    """Asks a server that runs for this test alone."""
    with serving.Server(live, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def asked(path: str, host: str = "", method: str = "GET") -> tuple[int, dict[str, str], str]:
            connection = HTTPConnection(serving.HERE, server.server_port, timeout=20)
            connection.request(method, path, headers={"Host": host or f"{serving.HERE}:{server.server_port}"})
            answer = connection.getresponse()
            body = answer.read().decode("utf-8")
            connection.close()
            return answer.status, dict(answer.getheaders()), body

        yield asked
        server.shutdown()
        thread.join()


def test_pages_and_files_are_served(ask: Ask) -> None:
    code, headers, body = ask("/harbour/index.html")
    assert (code, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert "Two ports share a crane." in body
    assert ask("/harbour/")[2] == body
    assert ask("/harbour/document.json")[1]["Content-Type"].startswith("application/json")
    assert ask("/harbour/index.html", method="HEAD")[2] == ""


def test_a_folder_without_its_slash_is_led_on(ask: Ask) -> None:
    code, headers, _ = ask("/harbour")
    assert (code, headers["Location"]) == (301, "/harbour/")


@pytest.mark.parametrize(
    "path", ["/nothing.html", "/../harbour.gov", "/%2e%2e/harbour.gov", "/harbour.gov", "/harbour/../../etc/passwd", "//x/"]
)
def test_what_is_not_in_the_site_is_not_there(ask: Ask, path: str) -> None:
    code, _, body = ask(path)
    assert code == 404
    assert "There is no such page" in body


def test_other_names_are_refused(ask: Ask) -> None:
    assert ask("/harbour/index.html", host="evil.example")[0] == 403
    assert ask("/harbour/index.html", host="localhost:1")[0] == 200


def test_a_change_is_shown(ask: Ask, agreement: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("/.version")[2] == "1"
    change(agreement, TEXT.replace("a crane", "two cranes"))
    assert ask("/.version")[2] == "2"
    assert "two cranes" in ask("/harbour/index.html")[2]
    assert ask("/.version")[2] == "2"
    assert capsys.readouterr().out == f"{agreement} changed: made anew\n"


def test_an_agreement_that_is_broken_meanwhile_shows_its_errors(ask: Ask, agreement: Path) -> None:
    change(agreement, TEXT + "\nrole Chair\n  onn\n")
    assert "This is not the whole agreement" in ask("/harbour/people.html")[2]
    assert ask("/harbour/errors.html")[0] == 200
    change(agreement, TEXT)
    assert "This is not the whole agreement" not in ask("/harbour/people.html")[2]


def test_a_file_that_is_gone_meanwhile_is_waited_for(ask: Ask, agreement: Path) -> None:
    agreement.unlink()
    code, _, body = ask("/")
    assert code == 200
    assert "This cannot be shown now" in body
    assert "harbour.gov cannot be read" in body
    change(agreement, TEXT)
    assert ask("/harbour/index.html")[0] == 200


def test_a_new_file_in_a_folder_is_seen(tmp_path: Path, agreement: Path) -> None:
    found = serving.Live(lambda: gather([str(tmp_path)]), [str(tmp_path)])
    found.make()
    change(tmp_path / "second.gov", TEXT.replace("Harbour", "Second"))
    assert found.refresh() == ""
    assert "second/index.html" in found.files


def test_nothing_is_made_anew_without_a_change(live: serving.Live) -> None:
    before = live.files
    assert live.refresh() == ""
    assert live.files is before


def test_a_port_that_is_taken_is_said_in_a_line(live: serving.Live, agreement: Path) -> None:
    with serving.Server(live, 0) as server:
        done = CliRunner().invoke(commands(), ["docs", "serve", str(agreement), "--port", str(server.server_port)])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"govlang: port {server.server_port} cannot be used: ")


def test_what_cannot_be_read_at_first_is_said_in_a_line() -> None:
    done = CliRunner().invoke(commands(), ["docs", "serve", "nowhere.gov"])
    assert done.exit_code == 2
    assert "nowhere.gov cannot be read" in done.stderr
