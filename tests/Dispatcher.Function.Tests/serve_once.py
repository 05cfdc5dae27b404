"""Serves two events to a published function, as the Lambda Runtime API does: one that is not JSON, and then the given one.
Checks the answers and the output.

usage: serve_once.py ASSEMBLY PAYLOAD [RUNTIME HANDLER]

With RUNTIME (the Amazon.Lambda.RuntimeSupport.dll of the managed runtime) and HANDLER (Assembly::Type::Method) the function is started
as a class library. With the environment variable TRANSCRIPT the answers and the output are written to that file, without what differs
from run to run.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT_SECONDS = 60
VARYING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\.\d+\.\d+[\d.]*")


class RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, payloads):
        super().__init__(("127.0.0.1", 0), Handler)
        self.payloads = list(payloads)
        self.served = 0
        self.lock = threading.Lock()
        self.answered = threading.Event()
        self.answers = []

    def handle_error(self, request, client_address):
        """The function is ended while it waits for its next event."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with self.server.lock:
            index = self.server.served
            self.server.served += 1
        if index >= len(self.server.payloads):
            time.sleep(TIMEOUT_SECONDS)
            return
        self.reply(200, self.server.payloads[index], {
            "Lambda-Runtime-Aws-Request-Id": f"request-{index + 1}",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + TIMEOUT_SECONDS) * 1000)),
        })

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answers.append((self.path.rsplit("/", 1)[-1], sorted(self.headers.keys()), body))
        self.reply(202, b'{"status":"OK"}\n', {})
        if len(self.server.answers) == len(self.server.payloads):
            self.server.answered.set()

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def command(assembly, runtime, handler):
    if not runtime:
        return ["dotnet", assembly]
    name = assembly.removesuffix(".dll")
    return ["dotnet", "exec", "--depsfile", f"{name}.deps.json", "--runtimeconfig", f"{name}.runtimeconfig.json", runtime, handler]


def shape(value):
    """The value with texts that vary left out, and stack traces reduced to their kind."""
    if isinstance(value, dict):
        return {name: type(item).__name__ if name == "stackTrace" else shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return VARYING.sub("…", value) if isinstance(value, str) else value


def main(assembly, payload, runtime=None, handler=None):
    api = RuntimeApi([b"not json", payload.encode()])
    threading.Thread(target=api.serve_forever, daemon=True).start()
    environment = {"AWS_LAMBDA_LOG_FORMAT": "JSON", **os.environ, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}"}
    process = subprocess.Popen(command(assembly, runtime, handler), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answered = api.answered.wait(TIMEOUT_SECONDS)
    process.kill()
    output, error = process.communicate()

    if not answered or [kind for kind, _, _ in api.answers] != ["error", "response"]:
        sys.exit(f"{assembly} answered {api.answers}\n{output.decode()}{error.decode()}")
    lines = [json.loads(line) for line in output.splitlines()]
    if transcript := os.environ.get("TRANSCRIPT"):
        with open(transcript, "w", encoding="utf-8") as file:
            for kind, headers, body in api.answers:
                print(kind, json.dumps(headers), json.dumps(shape(json.loads(body)), ensure_ascii=False)[:400], sep="\n", file=file)
            for line in lines:
                print("line", json.dumps(shape(line), ensure_ascii=False), file=file)


if __name__ == "__main__":
    main(*sys.argv[1:])
