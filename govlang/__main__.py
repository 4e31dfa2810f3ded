"""`python -m govlang` is the `govlang` command."""

from __future__ import annotations

from govlang.cli import main

if __name__ == "__main__":
    main()
