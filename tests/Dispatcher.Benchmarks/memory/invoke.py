"""Invokes a published function once, as the Lambda Runtime API does, and prints its summary with the largest working set of the process.

usage: invoke.py PROGRAM PAYLOAD

PROGRAM is an assembly (.dll) or an executable.
"""

import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS = 900


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.server.payload is None:
            self.server.ended.wait(SECONDS)
            return
        payload, self.server.payload = self.server.payload, None
        self.reply(200, payload, {
            "Lambda-Runtime-Aws-Request-Id": "request-1",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + SECONDS) * 1000)),
        })

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(202, b"{}", {})
        self.server.answer = (self.path, body)
        self.server.answered.set()

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def main(program, payload):
    api = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.daemon_threads = True
    api.handle_error = lambda *_: None
    api.payload, api.answer = payload.encode(), None
    api.answered, api.ended = threading.Event(), threading.Event()
    threading.Thread(target=api.serve_forever, daemon=True).start()
    environment = {**os.environ, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}"}
    process = subprocess.Popen(["dotnet", program] if program.endswith(".dll") else [program], env=environment, stdout=subprocess.DEVNULL)
    while not api.answered.wait(0.2):
        if process.poll() is not None:
            sys.exit(f"The function ended with {process.returncode} before it answered.")
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        largest = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    process.kill()
    process.wait()
    api.ended.set()
    api.shutdown()
    path, body = api.answer
    record = json.loads(body)
    print(f"{record.get('status', path)}: {record.get('summary', record)} {record.get('durationMs')} ms, largest working set {largest} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
