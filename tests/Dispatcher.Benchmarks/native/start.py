"""Starts programs as Lambda does, gives each one event, and prints the processor time and the largest resident memory until its answer.

usage: start.py PROGRAM…    an executable, a .dll or a .py; they take turns, so that a busy machine is busy for all of them
"""

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUNDS = 15
EVENTS = {
    "$list": b'{"job":"$list"}',
    "dry run of http-trigger": b'{"job":"http-trigger","dryRun":true,"parameters":{"url":"https://app.example.com/"}}',
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.server.event is None:
            time.sleep(60)
            return
        event, self.server.event = self.server.event, None
        deadline = str(int((time.time() + 60) * 1000))
        self.reply(200, event, {"Lambda-Runtime-Aws-Request-Id": "request", "Lambda-Runtime-Deadline-Ms": deadline})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answered.set()
        self.reply(202, b"", {})

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """The program is ended while it waits for its next event."""


def measure(program, event):
    """Returns the processor time in milliseconds and the memory in MiB."""
    api = RuntimeApi(("127.0.0.1", 0), Handler)
    api.event, api.answered = event, threading.Event()
    threading.Thread(target=api.serve_forever, daemon=True).start()
    command = {".dll": ["dotnet", program], ".py": [sys.executable, program]}.get(os.path.splitext(program)[1], [program])
    environment = {
        **os.environ, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "AWS_LAMBDA_FUNCTION_NAME": "maintenance",
        "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "HttpTrigger__AllowedHosts__0": "app.example.com",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not api.answered.wait(120):
        process.kill()
        sys.exit(f"{program} did not answer.")
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    process.kill()
    process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    api.shutdown()
    api.server_close()
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000, memory / 1024


def main(programs):
    for name, event in EVENTS.items():
        results = {program: [] for program in programs}
        for _ in range(ROUNDS):
            for program in programs:
                results[program].append(measure(program, event))
        print(f"\n{name}: median of {ROUNDS} starts")
        first = statistics.median(time for time, _ in results[programs[0]])
        for program in programs:
            times, memory = zip(*results[program])
            median = statistics.median(times)
            factor, most = median / first, statistics.median(memory)
            print(f"  {median:7.0f} ms processor time {factor:6.1f} x   {most:5.0f} MiB   {os.path.basename(program)}")


if __name__ == "__main__":
    main(sys.argv[1:])
