"""The stand-in door on a free port, and a browser page looking at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from tests.helpers.chromium import chromium_running, page_of
from tests.helpers.ports import free_port
from tests.widget.chat import Chat, Door
from tests.widget.stub import Stub, build


@pytest.fixture(scope="session")
def running_stub() -> Iterator[Door]:
    """The stand-in served in a thread, once for all tests."""
    port = free_port()
    stub = Stub()
    server = uvicorn.Server(uvicorn.Config(build(stub), port=port, ws="none", log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Door(f"http://127.0.0.1:{port}", port, stub)
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def door(running_stub: Door) -> Door:
    """The stand-in, up and with nothing noted."""
    running_stub.stub.__init__()  # type: ignore[misc]
    return running_stub


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with chromium_running() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page, wide and light."""
    with page_of(chromium) as page:
        yield page


@pytest.fixture
def chat(page: Page, door: Door) -> Chat:
    """The demonstration page, its conversation open."""
    return Chat(page, door).open()
