"""A Lambda Runtime API on loopback for the benchmarks: starts a program, gives it one event, and measures the process until its answer."""

import os
import pathlib
import re
import resource
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Start(NamedTuple):
    """One start of a program. Its memory is the largest resident memory, its libraries are the mapped files that end in .dll."""

    answer: bytes
    milliseconds: float
    megabytes: float
    libraries: set


class Loopback(BaseHTTPRequestHandler):
    """A handler that writes no log and answers with a body."""

    protocol_version = "HTTP/1.1"

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def read_body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def log_message(self, format, *args):
        pass


def serve(handler, **state):
    """Serves requests on a free port until shutdown(); the handler reads the state as attributes of its server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    vars(server).update(state)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class RuntimeApi(Loopback):
    def do_GET(self):
        if self.server.event is None:
            self.server.ended.wait()
            return
        event, self.server.event = self.server.event, None
        self.reply(200, event, {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": "request-1",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + self.server.seconds) * 1000)),
        })

    def do_POST(self):
        self.server.answer = (self.path.rsplit("/", 1)[-1], self.read_body())
        self.server.answered.set()
        self.reply(202, b"{}", {})


def start(program, event, environment, seconds=60, output=subprocess.DEVNULL):
    """Starts a program as Lambda does, waits for its answer to the event and ends it. An error instead of an answer ends this process."""
    api = serve(
        RuntimeApi, event=event.encode(), seconds=seconds, answer=None, answered=threading.Event(), ended=threading.Event())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        program, env={**environment, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}"}, stdout=output)
    latest = time.monotonic() + seconds
    while not api.answered.wait(0.2) and process.poll() is None and time.monotonic() < latest:
        pass
    files = pathlib.Path(f"/proc/{process.pid}")
    status, maps = ((files / name).read_text() if process.poll() is None else "" for name in ("status", "maps"))
    process.kill()
    process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    api.ended.set()
    api.shutdown()
    api.server_close()
    if api.answer is None or api.answer[0] != "response":
        sys.exit(f"{program} answered {api.answer} to {event}; exit code {process.returncode}")
    return Start(
        api.answer[1],
        (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000,
        int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024,
        set(re.findall(r"\S+\.dll$", maps, re.M)))
