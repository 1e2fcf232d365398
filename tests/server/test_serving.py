"""Whoever waits for the server is told once it answers, and not before."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from typing import TYPE_CHECKING, ClassVar

from hustings.server import command_serve
from tests.server.conftest import free_port

if TYPE_CHECKING:
    import pytest

SLOW_S = 1.0


class Server:
    """Stands for the web server and the worker; listens a while after it was started."""

    ended: int | None = None
    doors: ClassVar[list[socket.socket]] = []
    """Open before somebody can be answered there."""

    def __init__(self, command: list[str]) -> None:
        if "--port" in command:
            self.port = int(command[command.index("--port") + 1])
            threading.Timer(SLOW_S, self.listen).start()

    def listen(self) -> None:
        door = socket.socket()
        self.doors.append(door)
        door.bind(("127.0.0.1", self.port))
        door.listen()

    def poll(self) -> int | None:
        return Server.ended

    def wait(self, _seconds: float) -> int:
        return 0


def test_an_address_is_told_once_somebody_answers_there(monkeypatch: pytest.MonkeyPatch) -> None:
    port, told = free_port(), []
    monkeypatch.setattr(command_serve.subprocess, "Popen", Server)
    monkeypatch.setattr(command_serve.signal, "signal", lambda *_: None)

    def ready() -> None:
        with closing(socket.socket()) as visitor:
            told.append(visitor.connect_ex(("127.0.0.1", port)) == 0)
        Server.ended = 1
        Server.doors.pop().close()

    assert command_serve.serve("127.0.0.1", port, 1, ready=ready) == 1
    assert told == [True]
