"""A stand-in of Gradescope's endpoint for PDFs, on loopback, with TLS; it needs nothing but Python and openssl.

Nothing of the project is changed to reach it: it is the proxy that ``HTTPS_PROXY`` names, and plays the host that the
client asks it to connect to. ``REQUESTS_CA_BUNDLE`` names the certificate. In a container it is started as a script.
"""

import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "www.gradescope.com"


def others() -> list[str]:
    """The processes that run as users of submissions now, with what their status says."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            text = status.read_text()
            user = int(text.split("\nUid:")[1].split()[1])
            if 60_000 <= user < 62_000 and "State:\tZ" not in text:
                found.append(text[:200])
    return found


class StandIn(ThreadingHTTPServer):
    """The server, and what came in."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0, answers: tuple[str, ...] = ("200",)) -> None:
        """Prepare it.

        Args:
            folder: where the certificate is made, and where each request is written to.
            port: where to listen; 0 for any.
            answers: what it does with each request in turn; the last one goes for all that follow.
        """
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder, self.answers = folder, list(answers)
        self.connected = list[str]()
        """Where the client wanted to be connected to."""
        self.requests = list[dict[str, Any]]()
        self.leave = threading.Event()
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
        command += ["-addext", f"subjectAltName=DNS:{HOST},DNS:elsewhere.example"]
        command += ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def environment(self) -> dict[str, str]:
        """What leads a client here."""
        proxy = f"http://127.0.0.1:{self.server_address[1]}"
        bundle = str(self.folder / "certificate.pem")
        return {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "REQUESTS_CA_BUNDLE": bundle,
            "NO_PROXY": "",
            "no_proxy": "",
        }

    def handle_error(self, *_: object) -> None:
        """Clients that go away are no news."""


class _Handler(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        self.server.connected.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path.endswith("/user_session"):  # somebody asks for a token
            self._send(200, json.dumps({"token": f"token of {body.decode()}"}).encode())
            return
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        fields = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in BytesParser().parsebytes(head + body).walk()
            if not part.is_multipart()
        }
        request = {"path": self.path, "token": self.headers["access-token"], "owner": fields["owner_email"].decode()}
        self.server.requests.append(request | {"pdf": fields["pdf_attachment"]})
        number = len(self.server.requests)
        (self.server.folder / f"request-{number}.json").write_text(json.dumps(request), encoding="utf-8")
        (self.server.folder / f"request-{number}.pdf").write_bytes(fields["pdf_attachment"])
        (self.server.folder / f"others-{number}.json").write_text(json.dumps(others()), encoding="utf-8")
        answers = self.server.answers
        self._answer(answers.pop(0) if len(answers) > 1 else answers[0])

    do_GET = do_CONNECT

    def _answer(self, how: str) -> None:
        if how == "hang":
            self.server.leave.wait(120)
        elif how == "trickle":
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            while not self.server.leave.wait(0.2):
                self.wfile.write(b" ")
        elif how == "redirect":
            self._send(307, b"", location="https://elsewhere.example/take")
        elif how == "echo":
            self._send(403, json.dumps(dict(self.headers)).encode())
        else:
            self._send(int(how), b'{"message": "\x1b[31m<b>no</b>"}')

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: StandIn) -> Iterator[StandIn]:
    """Within the block, it answers."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.leave.set()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":  # FOLDER PORT: in a container, until that ends
    with running(StandIn(Path(sys.argv[1]), int(sys.argv[2]))):
        Path(sys.argv[1], "ready").touch()
        while os.getppid():
            time.sleep(1)
