"""Starting and leaving: what is loaded later, what is paused, and who is waited for at the end."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from govlang.later import Later, pattern
from govlang.pipeline import LARGE, load_text

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "benchmarks" / "foundation.gov"


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": ""}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)


def test_a_module_that_is_loaded_later_is_that_module() -> None:
    module = Later("colorsys")
    assert "module" not in vars(module)
    assert module.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    with pytest.raises(AttributeError):
        _ = module.nothing_of_the_kind


def test_a_pattern_that_is_compiled_later_is_that_pattern() -> None:
    found = pattern(r"(\d+) days")
    match = found.match("12 days")
    assert match is not None
    assert match.group(1) == "12"
    assert found.pattern == r"(\d+) days"


def test_a_plain_check_loads_nothing_of_disputes_assets_and_trust() -> None:
    code = (
        "import sys\nfrom govlang.tools.check import check\n"
        f"assert check({str(PLAIN)!r}).sound\n"
        "print(*sorted(name for name in sys.modules if name.startswith('govlang.')))"
    )
    loaded = in_a_process(code).stdout.split()
    rare = {
        "core.lower_disputes", "core.lower_ip", "core.lower_trust", "core.lower_norms", "record.disputes", "record.ip_facts",
        "model.resolve_norms", "syntax.build_all", "syntax.mistakes", "tools.paths", "codes",
    }  # fmt: skip
    assert loaded
    assert not {f"govlang.{name}" for name in rare}.intersection(loaded)


@pytest.mark.parametrize("on", [True, False])
def test_a_large_text_leaves_the_search_for_waste_as_it_was(on: bool) -> None:
    text = PLAIN.read_text(encoding="utf-8") + "# a comment\n" * (LARGE // 10)
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        assert load_text(text).sound
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


CHECK = f"import sys; sys.argv[1:] = ['check', {str(PLAIN)!r}]\nfrom govlang.cli import main\n"


def test_whatever_is_registered_for_the_end_is_called() -> None:
    done = in_a_process(f"import atexit; atexit.register(print, 'the end')\n{CHECK}main()")
    assert done.stdout.split("\n")[-2:] == ["the end", ""]
    assert done.returncode == 0


def test_everything_is_printed_before_the_process_ends() -> None:
    done = in_a_process(f"{CHECK}main()")
    assert done.stdout.startswith("1 agreement checked")
    assert done.returncode == 0
