"""What every test shares: Hypothesis draws the same examples on every run and knows no deadline; the command line, run in place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings
from running import Done, Run

from govlang import cli

settings.register_profile("deterministic", derandomize=True, deadline=None, database=None)
settings.load_profile("deterministic")


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, in an empty folder, without a traceback whatever it is given."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as leaving:
            cli.main(arguments)
        sys.stdout.flush()
        out, err = (stream.decode("utf-8") for stream in capfdbinary.readouterr())
        done = Done(int(leaving.value.code or 0), out, err)
        assert "Traceback" not in done.said
        assert "internal error" not in done.said
        return done

    return command
