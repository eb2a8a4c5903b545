"""Serves the album's pages and the static files to a browser, without Django at work behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from typing import Any

from tests.browser.album import Album
from tests.browser.papers import paper
from tests.consistency.sources import ROOT

POLICY = "Content-Security-Policy"


@contextmanager
def served(album: Album) -> Iterator[str]:
    """The address under which /<number>/<language> is a page of the album."""
    picture = paper(1)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/static/"):
                path = ROOT / self.path.removeprefix("/").partition("?")[0]
                self._answer(path.read_bytes(), guess_type(path.name)[0] or "text/plain")
            elif self.path.startswith("/page/"):
                number, language = self.path.removeprefix("/page/").split("/")
                shot = album.pages[int(number)]
                policy = shot.headers[POLICY]
                self._answer(shot.html[language].encode(), "text/html; charset=utf-8", policy)
            else:
                self._answer(picture, "image/jpeg")

        def _answer(self, body: bytes, kind: str, policy: str = "") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if policy:
                self.send_header(POLICY, policy)
            else:
                self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *args: Any) -> None:
            """Say nothing: a run asks for thousands of files."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
