"""Ports for the processes of the tests."""

from __future__ import annotations

import random
import socket

# Below the ports that the system lends to outgoing connections (32768 and up): a server that takes ten seconds to start would find its
# port taken by one of them.
LENT_BY_NOBODY = range(20_000, 32_000)
_chance, _given = random.SystemRandom(), set[int]()


def free_port(count: int = 1) -> int:
    """The first of `count` ports in a row that nobody listens on, and that this function has not given before."""
    while True:
        ports = range(first := _chance.choice(LENT_BY_NOBODY), first + count)
        if _given.isdisjoint(ports) and all(map(_is_free, ports)):
            _given.update(ports)
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
