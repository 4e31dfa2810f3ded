"""`govlang lock`."""

from __future__ import annotations

import click

from govlang.verbs.shared import AGREEMENT, complain, load, refuse, say


@click.command()
@AGREEMENT
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when the lock is out of date.")
def lock(agreement: str, only_check: bool) -> None:
    """Pin the files that an agreement uses: write the SHA-256 of each into a lock file beside it."""
    import sys

    from govlang.tools import locks

    loaded = load(agreement)
    wrong = locks.unusable(loaded)
    if wrong:
        complain(wrong)
        refuse("nothing was pinned, since not all of the files can be used")
    if not loaded.used:
        refuse(f"{agreement} uses no other file", 'a line such as `use "terms/secrecy.gov.md"` uses one')
    if only_check:
        late = locks.out_of_date(loaded)
        say("\n".join(late) or f"{locks.path(loaded)} is up to date")
        sys.exit(1 if late else 0)
    locks.write(loaded)
    say("\n".join((f"wrote {locks.path(loaded)}", *(f"  {item.path}  sha256 {item.digest}" for item in loaded.used))))
