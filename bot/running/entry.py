"""How a process of ours ends when it cannot start: one clear line and an exit code, as the command line does."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot import keys, settings
from bot.errors import RepereError


def run_part(main: Callable[[], object]) -> None:
    """Run a process once its secrets and what it promises are checked. Exits 2 when a setting is wrong, 3 when a part is missing."""
    try:
        keys.check()
        settings.check_promises()
        main()
    except RepereError as error:
        print(f"repere: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
