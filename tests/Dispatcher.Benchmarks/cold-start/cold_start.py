"""Measures cold starts: processor time (user and system) from the start of a process to its first answer over a Runtime API.

usage: run [--runs N] [--function FOLDER] [--empty FOLDER] [--also NAME=PROGRAM]...

  --runs N             how often each program is started (9); the programs take turns
  --function FOLDER    a published Dispatcher.Function; without it, the script publishes it for linux-x64
  --empty FOLDER       a published EmptyFunction, likewise
  --also NAME=PROGRAM  another program that serves the same events, such as native=FOLDER/Dispatcher.Function

Prints the median processor time, its ratio to that of the Python function, the peak of the resident memory, the assemblies that are
loaded at the first answer and the methods that the JIT compiled until then.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TIMEOUT_SECONDS = 60
EVENTS = {
    "$list": '{"job":"$list"}',
    "http-trigger, dry run": '{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}',
}


class RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, payload):
        super().__init__(("127.0.0.1", 0), Handler)
        self.payload = payload.encode()
        self.served = False
        self.answer = None
        self.answered = threading.Event()

    def handle_error(self, request, client_address):
        """The program is ended while it waits for its next event."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.server.served:
            time.sleep(TIMEOUT_SECONDS)
            return
        self.server.served = True
        self.reply(200, self.server.payload, {
            "Lambda-Runtime-Aws-Request-Id": "request-1",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + TIMEOUT_SECONDS) * 1000)),
        })

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answer = (self.path, body)
        self.reply(202, b'{"status":"OK"}\n', {})
        self.server.answered.set()

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def start(program, payload, **variables):
    """Starts a program, waits for its answer and ends it; returns processor time in ms, peak memory in MB and the loaded assemblies."""
    api = RuntimeApi(payload)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    environment = {
        "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}",
        "AWS_LAMBDA_FUNCTION_NAME": "maintenance", "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
        **variables,
    }
    process = subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answered = api.answered.wait(TIMEOUT_SECONDS)
    maps = pathlib.Path(f"/proc/{process.pid}/maps").read_text() if answered else ""
    process.kill()
    _, _, usage = os.wait4(process.pid, 0)
    api.shutdown()
    if not answered or api.answer[0].endswith("/error"):
        sys.exit(f"{program} answered {api.answer}")
    return (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024, len(set(re.findall(r"\S+\.dll$", maps, re.M)))


def count_methods(program, payload):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "methods")
        start(program, payload, DOTNET_JitStdOutFile=str(file), DOTNET_JitDisasmSummary="1")
        return len(file.read_text().splitlines()) if file.exists() else 0


def publish(project, folder):
    subprocess.run(
        ["dotnet", "publish", project, "-c", "Release", "-r", "linux-x64", "-o", folder, "--nologo", "-v", "quiet"], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--function")
    parser.add_argument("--empty")
    parser.add_argument("--also", action="append", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cold-start-") as temporary:
        function = options.function or f"{temporary}/function"
        if not options.function:
            publish("src/Dispatcher.Function", function)
        empty = options.empty or f"{temporary}/empty"
        if not options.empty:
            publish(HERE / "EmptyFunction", empty)
        programs = {
            "Python": [sys.executable, str(HERE / "boto3_function.py")],
            "empty": ["dotnet", f"{empty}/EmptyFunction.dll"],
            "function": ["dotnet", f"{function}/Dispatcher.Function.dll"],
            **{name: path.split() for name, path in (also.split("=", 1) for also in options.also)},
        }
        for event, payload in EVENTS.items():
            measured = {name: [] for name in programs}
            for _ in range(options.runs):
                for name, program in programs.items():
                    measured[name].append(start(program, payload))
            python = statistics.median(cpu for cpu, _, _ in measured["Python"])
            print(f"\n{event:24}   CPU ms  / Python  peak MB  assemblies  methods compiled")
            for name, runs in measured.items():
                cpu = statistics.median(run[0] for run in runs)
                memory = statistics.median(run[1] for run in runs)
                print(f"{name:24} {cpu:8.0f} {cpu / python:9.2f} {memory:8.0f} {runs[0][2]:11} {count_methods(programs[name], payload):17}")


if __name__ == "__main__":
    main()
