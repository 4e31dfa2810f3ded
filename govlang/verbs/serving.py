"""`govlang docs serve`: the site from memory, made anew when a file has changed since it was last asked for.

In: how to gather the documents, and a port. Out: a server for this computer alone. It has no threads: one request at a time, and
files are looked at when somebody asks. Nothing is read from disk by the address that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, unquote, urlsplit

from govlang.verbs.shared import CLEAN, refuse, say

if TYPE_CHECKING:
    from govlang import Gathered

HERE = "127.0.0.1"
_VERSION = "/.version"
_KINDS = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
# Asks every second whether the site was made anew, and if so loads the page again.
_RELOAD = """(function () {
  var mine = "%s";
  setInterval(function () {
    fetch("/.version", { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (now) {
      if (now !== mine) { location.reload(); }
    }).catch(function () {});
  }, 1000);
}());"""

Stamp = tuple[tuple[str, int, int], ...]


class Live:
    """The site as of the last change. `version` counts how often it was made."""

    def __init__(self, gather: Callable[[], list[Gathered]], paths: Sequence[str], title: str = "") -> None:
        self.gather, self.paths, self.title = gather, paths, title
        self.files: dict[str, bytes] = {}
        self.watched: tuple[str, ...] = ()
        self.version = 0
        self.changed: tuple[str, ...] = ()
        self._stamp: Stamp = ()

    def make(self) -> None:
        """Makes the site. Raises NoAnswer, MissingExtra."""
        from govlang.report.document import site

        self._stamp = self.stamp()
        found = self.gather()
        self.watched = tuple(dict.fromkeys(name for each in found for name in each.files))
        self._stamp = self.stamp()
        self.version += 1
        script = _RELOAD % self.version
        self.files = site.files([each.document for each in found], title=self.title, script=script)

    def refresh(self) -> str:
        """Makes the site anew if a file has changed; what was wrong, if it cannot be made. It is tried again at the next change."""
        now = self.stamp()
        if now == self._stamp:
            return ""
        self.changed = tuple(sorted({name for name, _, _ in {*now} ^ {*self._stamp}}))
        from govlang import MissingExtra, NoAnswer

        try:
            self.make()
        except (NoAnswer, MissingExtra) as error:
            self.version += 1
            said = error.message if isinstance(error, NoAnswer) else str(error)
            self.files = _trouble(said, error.hint if isinstance(error, NoAnswer) else "", _RELOAD % self.version)
            return said
        return ""

    def stamp(self) -> Stamp:
        """By which it is seen that a file has changed, come or gone."""
        from govlang.tools.check import agreements_in

        return tuple(_look(name) for name in dict.fromkeys((*agreements_in(self.paths), *self.watched)))


def _look(name: str) -> tuple[str, int, int]:
    try:
        found = Path(name).stat()
    except (OSError, ValueError):
        return name, 0, -1
    return name, found.st_mtime_ns, found.st_size


def _trouble(said: str, hint: str, script: str) -> dict[str, bytes]:
    """The only page of a site that cannot be made."""
    from govlang.report.document import assets, escape, shell

    more = f"<p>{escape.escaped(hint)}</p>\n" if hint else ""
    body = (
        '<main class="gl-frame gl-alone gl-main"><h1 class="gl-title">This cannot be shown now</h1>\n'
        f"<p>{escape.escaped(said)}</p>\n{more}<p>It is shown again as soon as the files can be read.</p></main>\n"
    )
    page = shell.whole("This cannot be shown now", "en", body, f"<style>\n{assets.site()}</style>", scripts=(script,))
    return {"index.html": page.encode("utf-8", "replace"), "404.html": page.encode("utf-8", "replace")}


# ---------------------------------------------------------------- the server


class Server(HTTPServer):
    """One site, one request at a time."""

    def __init__(self, live: Live, port: int) -> None:
        self.live = live
        super().__init__((HERE, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers with files of the site."""

    server: Server
    timeout = 0.5  # a browser may open a connection and say nothing on it

    def do_GET(self) -> None:
        """A page, a file, or the version by which a page knows that it is old."""
        self._answer(True)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self._answer(False)

    def _answer(self, whole: bool) -> None:
        name, _, _ = self.headers.get("Host", "").partition(":")
        if name not in (HERE, "localhost"):  # another name for this computer may be somebody else's page that asks
            self._send(403, "text/plain; charset=utf-8", b"not for this name\n", whole)
            return
        from govlang.report.text import safe

        live = self.server.live
        before = live.version
        trouble = live.refresh()
        if live.version != before:
            say(safe(f"{', '.join(live.changed)} changed: {f'this cannot be shown now ({trouble})' if trouble else 'made anew'}"))
        path = unquote(urlsplit(self.path).path)
        if path == _VERSION:
            self._send(200, "text/plain; charset=utf-8", str(live.version).encode(), whole)
            return
        self._file(path.lstrip("/"), whole)

    def _file(self, name: str, whole: bool) -> None:
        files = self.server.live.files
        if name and not name.endswith("/") and f"{name}/index.html" in files:
            self.send_response(301)
            self.send_header("Location", f"/{quote(name)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if not name or name.endswith("/"):
            name += "index.html"
        found = files.get(name)
        kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
        if found is None:
            self._send(404, _KINDS[".html"], files["404.html"], whole)
        else:
            self._send(200, kind, found, whole)

    def _send(self, code: int, kind: str, content: bytes, whole: bool) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if whole:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said of single requests."""


def serve(live: Live, port: int) -> NoReturn:
    """Serves until somebody presses Ctrl-C."""
    import sys

    try:
        server = Server(live, port)
    except OSError as error:
        refuse(f"port {port} cannot be used: {error.strerror}", "name another with --port")
    with server:
        say(f"showing {len(live.files)} files at http://{HERE}:{server.server_port}/ (Ctrl-C ends it)")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
    sys.exit(CLEAN)
