"""Named points of a process where a test may kill it, to prove that nothing is lost or doubled. They do nothing otherwise."""

from __future__ import annotations

from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def install(hook: Callable[[str], None] | None) -> None:
    """Call `hook` with the name of each point reached; None removes it. Only tests call this."""
    global _hook
    _hook = hook


def point(name: str) -> None:
    """Mark a step between two effects."""
    if _hook is not None:
        _hook(name)
