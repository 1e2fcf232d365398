"""
What lies between a phone and the server: a network that loses requests, loses answers, repeats, and can be slow.

A proxy in threads of this process. What it does to batches of events is drawn by chance from a seed and counted; with
``rate`` and ``delay_s`` all that passes shares one slow line, service worker's requests included.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FATES = {"lost before": 15, "lost after": 15, "twice": 10, "unavailable": 5, "passed": 55}
"""Of a batch of events, in per cent; «before» and «after» the server saw it."""
NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length"}
A_PIECE = 1400


class Line:
    """A slow line: so many bytes a second for all together, each answer so much later."""

    def __init__(self, bytes_a_second: float, delay_s: float) -> None:
        self.bytes_a_second = bytes_a_second
        self.delay_s = delay_s
        self.free_at = 0.0
        self.lock = threading.Lock()

    def pieces(self, body: bytes) -> Iterator[bytes]:
        """The body in pieces, each when the line is free for it."""
        for start in range(0, len(body), A_PIECE):
            piece = body[start : start + A_PIECE]
            with self.lock:
                self.free_at = (
                    max(self.free_at, time.monotonic()) + len(piece) / self.bytes_a_second
                )
                wait = self.free_at - time.monotonic()
            time.sleep(max(0.0, wait))
            yield piece


class Network(ThreadingHTTPServer):
    """In front of the server on ``port``; its own address is :attr:`url`."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, seed: int = 0, line: Line | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind = port
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.line = line
        self.chance = random.Random(seed)  # noqa: S311  # not a secret
        self.is_good = False
        self.fates: Counter[str] = Counter()
        self.bytes: Counter[str] = Counter()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def fate(self) -> str:
        """What becomes of the next batch."""
        if self.line or self.is_good:
            return "passed"
        with self.lock:
            (fate,) = self.chance.choices(list(FATES), weights=list(FATES.values()))
            self.fates[fate] += 1
        return fate

    def handle_error(self, request: object, client_address: object) -> None:
        """A phone that hangs up is no error."""


class Passing(BaseHTTPRequestHandler):
    """One connection of a phone."""

    server: Network
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        """A slow line takes its time to connect as well."""
        super().setup()
        if self.server.line:
            time.sleep(self.server.line.delay_s)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """The test counts; nothing is printed."""

    def do_GET(self) -> None:
        """Pass it on."""
        self._answer(self._ask(b""))

    def do_POST(self) -> None:
        """Pass it on, unless fate has it otherwise."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fate = self.server.fate() if self.path == "/w/events/" else "passed"
        if fate == "lost before":
            self._hang_up()
        elif fate == "unavailable":
            self._answer((503, [("Content-Type", "application/json")], b"{}"))
        else:
            answer = self._ask(body)
            if fate == "twice":
                answer = self._ask(body)
            if fate == "lost after":
                self._hang_up()
            else:
                self._answer(answer)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes] | None:
        """What the server says; nothing when it is not there, or dies meanwhile."""
        asked = {
            name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON
        }
        asked["X-Forwarded-Proto"] = "https"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        try:
            connection.request(self.command, self.path, body=body or None, headers=asked)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _answer(self, answer: tuple[int, list[tuple[str, str]], bytes] | None) -> None:
        if answer is None:
            self._hang_up()
            return
        status, headers, body = answer
        line = self.server.line
        if line:
            time.sleep(line.delay_s)
        with suppress(OSError):
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in NOT_PASSED_ON:
                    self.send_header(name, value)
            if status not in {204, 304}:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with self.server.lock:
                self.server.bytes[self.path.split("?")[0]] += len(body)
            for piece in line.pieces(body) if line else (body,):
                self.wfile.write(piece)

    def _hang_up(self) -> None:
        self.close_connection = True
