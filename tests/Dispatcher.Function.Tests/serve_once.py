"""Serves one event to a published function, as the Lambda Runtime API does, and checks its answer and its output.

usage: serve_once.py ASSEMBLY PAYLOAD
"""

import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT_SECONDS = 60


class RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, payload):
        super().__init__(("127.0.0.1", 0), Handler)
        self.payload = payload
        self.served = threading.Lock()
        self.answered = threading.Event()
        self.path, self.answer = None, None

    def handle_error(self, request, client_address):
        """The function is ended while it waits for its next event."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if not self.server.served.acquire(blocking=False):
            time.sleep(TIMEOUT_SECONDS)
            return
        self.reply(200, self.server.payload, {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": "request-1",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + TIMEOUT_SECONDS) * 1000)),
        })

    def do_POST(self):
        self.server.answer = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.path = self.path
        self.reply(202, b'{"status":"OK"}\n', {"Content-Type": "application/json"})
        self.server.answered.set()

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def main(assembly, payload):
    api = RuntimeApi(payload.encode())
    threading.Thread(target=api.serve_forever, daemon=True).start()
    environment = {**os.environ, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "AWS_LAMBDA_LOG_FORMAT": "JSON"}
    process = subprocess.Popen(["dotnet", assembly], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answered = api.answered.wait(TIMEOUT_SECONDS)
    process.kill()
    output, error = process.communicate()

    if not answered or not api.path.endswith("/response"):
        sys.exit(f"{assembly} answered {api.path}: {api.answer}\n{output.decode()}{error.decode()}")
    json.loads(api.answer)
    for line in output.splitlines():
        json.loads(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
