"""How a process of ours ends when it cannot start: one clear line and an exit code, as the command line does."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot import keys
from bot.errors import RepereError


def run_part(main: Callable[[], object]) -> None:
    """Run a process once its secrets are checked. Exits 2 when a setting is wrong, 3 when a part is missing."""
    try:
        keys.check()
        main()
    except RepereError as error:
        print(f"repere: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
