"""`python -m tests.differential --decisions 1000000 --seed 7`: random agreements on every back end, until they differ.

Out: counts, the rate, and exit code 0; or, with the first difference, its story and exit code 1.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

import click

from tests.differential.engines import available
from tests.differential.running import Run


@click.command()
@click.option("--decisions", default=100_000, help="how many decisions to compare")
@click.option("--seed", default="7", help="the seed; the same one gives the same run")
@click.option("--rows", default=200, help="random rows of facts for each right")
@click.option("--logs", default=20, help="audit a log of raw votes every so many agreements; 0 for none")
@click.option("--only", multiple=True, help="only these back ends")
@click.option("--out", type=click.Path(path_type=Path), help="where to write the story of a difference")
def main(decisions: int, seed: str, rows: int, logs: int, only: tuple[str, ...], out: Path | None) -> None:
    """Compares every back end with the reference interpreter on random agreements."""
    engines = [engine for engine in available() if not only or engine.name in only]
    if not engines:
        click.echo("there is no back end to compare here", err=True)
        sys.exit(2)
    run = Run(seed, engines, rows, logs=logs if any(engine.name == "duckdb" for engine in engines) else 0)
    click.echo(f"seed {seed}: {', '.join(engine.name for engine in engines)} beside the reference interpreter")
    began, story = monotonic(), None
    while run.counts.decisions < decisions and story is None:
        story = run.next()
        if sys.stderr.isatty():
            click.echo(f"\r{run.counts.decisions:,} of {decisions:,}", err=True, nl=False)
    click.echo(report(run, monotonic() - began))
    if story is None:
        click.echo("no difference")
        return
    click.echo(f"\n{story}")
    if out is not None:
        out.write_text(str(story), encoding="utf-8")
        click.echo(f"written to {out}")
    sys.exit(1)


def report(run: Run, seconds: float) -> str:
    """What was compared."""
    counts = run.counts
    rate = counts.decisions / max(seconds, 0.001)
    made = f"{counts.rights:,} rights of {run.agreements:,} agreements, {counts.records:,} records"
    lines = [f"{counts.decisions:,} decisions by {made}, in {seconds:.0f} s ({rate:,.0f} a second)"]
    lines += [f"  {run.unsound} agreements were unsound and left out"] if run.unsound else []
    for engine in run.engines:
        cannot = sum(engine.cannot.values())
        lines.append(f"  {engine.name}: {counts.rows[engine.name]:,} decisions" + (f", {cannot} rights not done" if cannot else ""))
    if run.logged:
        alone = sum(run.alone.values())
        lines.append(f"  audit of raw votes: {run.logged:,} rows, {run.logged - alone:,} of them counted by SQL")
    lines.append("  verdicts: " + ", ".join(f"{name} {count:,}" for name, count in counts.verdicts.most_common()))
    lines.append("  rests on: " + ", ".join(f"{name} {count:,}" for name, count in counts.kinds.most_common()))
    lines.append("  rights with: " + ", ".join(f"{name} {count:,}" for name, count in run.constructs.most_common()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
