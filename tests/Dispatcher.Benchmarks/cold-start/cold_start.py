"""Measures cold starts: from the start of a process to its first answer over a Runtime API, for $list and a dry run of each job.

usage: run [--runs N] [--event NAME]... [--without PROGRAM]... [--published] [--also NAME=COMMAND]...

  --runs N             how often each program is started for each event (9); the programs take turns
  --event NAME         an event, such as '$list' or a job's name; all of them by default
  --without PROGRAM    leave out Python, Node, empty, ReadyToRun or native; the ratios are those to the first program
  --published          measure what an earlier run published and installed
  --also NAME=COMMAND  another program that serves the events, such as before=/tmp/before/Dispatcher.Function

Python and Node load the libraries that the event needs, and do its reads: for $list they create the clients of S3, DynamoDB and SQS. The
services are those of 'dispatch local up', with a queue, a task definition, an expired upload and the sample database, and one answer of
Systems Manager. Prints the median processor time (user and system) and its ratio, the median of the largest resident memory, and for .NET
the assemblies that are loaded at the answer and the methods that the JIT compiled until then, each once.
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
OUT = ROOT / ".local/benchmarks"
sys.path.insert(0, str(HERE.parent))
from runtime_api import Loopback, serve, start  # noqa: E402

NODE_PACKAGES = [f"@aws-sdk/client-{name}@3.1164.0" for name in ("s3", "dynamodb", "sqs", "ecs", "ssm")] + ["pg@8.23.1"]
INSTANCE = "i-0a1b2c3d4e5f60718"
DRY_RUNS = {
    "celery-enqueue": {"task": "app.tasks.add"},
    "daily-uptime": {},
    "ecs-run-task": {"task": "report"},
    "http-trigger": {"url": "http://127.0.0.1:1/x"},
    "refresh-materialized-view": {"view": "job_progress"},
    "ssm-run-command": {"profile": "uptime"},
    "video-upload-cleanup": {},
}
DATABASE_JOBS = ("daily-uptime", "refresh-materialized-view")
EVENTS = {
    "$list": {"job": "$list"},
    **{job: {"job": job, "dryRun": True, "parameters": parameters} for job, parameters in DRY_RUNS.items()},
}


class SystemsManager(Loopback):
    """Answers DescribeInstanceInformation with one instance; moto has none."""

    def do_POST(self):
        self.read_body()
        instance = {"InstanceId": INSTANCE, "PingStatus": "Online", "ComputerName": "web", "PlatformName": "Linux"}
        self.reply(200, json.dumps({"InstanceInformationList": [instance]}).encode(), {"Content-Type": "application/x-amz-json-1.1"})


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, **{"cwd": ROOT, **options})


def publish(name, project, *properties):
    processor = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
    run("dotnet", "publish", project, "-c", "Release", "-r", processor, "--nologo", "-v", "quiet", "-clp:ErrorsOnly",
        "-p:RunAnalyzers=false", "-o", OUT / name, "--artifacts-path", OUT / f"artifacts-{name}", *properties)


def find_python(module):
    """Finds a Python that has a module: this one, or the system's, for which a distribution has packages."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0:
            return python
    sys.exit(f"Python has no module {module}. Install it, and try again (Debian, Ubuntu: apt-get install python3-{module}).")


@contextlib.contextmanager
def services():
    """Starts what the jobs read, and gives the environment variables that lead there."""
    with tempfile.TemporaryDirectory(prefix="cold-start-") as folder:
        # The commands keep their servers in the current folder: another copy of the servers may be up in the repository's.
        dispatch = ["dotnet", OUT / "dispatch/dispatch.dll"]
        up = json.loads(run(*dispatch, "local", "up", "--json", cwd=folder, stdout=subprocess.PIPE).stdout)["environment"]
        try:
            if "DATABASE_URL" not in up:
                sys.exit("PostgreSQL is not installed. Install it, and try again (Debian, Ubuntu: apt-get install postgresql).")
            for file in ("src/Dispatcher.Cli/Samples/sample.sql", "docs/sql/001_job_progress.sql"):
                run(*dispatch, "sql", "apply", ROOT / file, env={**os.environ, **up}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ssm = serve(SystemsManager)
            yield {
                "PATH": os.environ["PATH"], "HOME": folder, "AWS_LAMBDA_FUNCTION_NAME": "maintenance", **up,
                "AWS_ENDPOINT_URL_SSM": f"http://127.0.0.1:{ssm.server_port}", "CLEANUP_AGE_HOURS": "0",
                "CELERY_QUEUE_URL": create_resources(up), "CELERY_ALLOWED_TASKS": "app.tasks.*",
                "HttpTrigger__AllowedHosts__0": "127.0.0.1",
                "EcsTasks__report__Cluster": "jobs", "EcsTasks__report__TaskDefinition": "report", "EcsTasks__report__LaunchType": "EC2",
                "SsmCommands__uptime__Commands": "uptime", "SsmCommands__uptime__InstanceIds": INSTANCE,
            }
            ssm.shutdown()
        finally:
            run(*dispatch, "local", "down", cwd=folder)


def create_resources(up):
    """Creates a cluster with a task definition, an expired upload with its object, and a queue, whose URL it returns."""
    import boto3

    def client(service):
        return boto3.client(
            service, endpoint_url=up["AWS_ENDPOINT_URL"], region_name=up["AWS_REGION"],
            aws_access_key_id=up["AWS_ACCESS_KEY_ID"], aws_secret_access_key=up["AWS_SECRET_ACCESS_KEY"])

    ecs = client("ecs")
    ecs.create_cluster(clusterName="jobs")
    ecs.register_task_definition(family="report", containerDefinitions=[{"name": "main", "image": "report", "memory": 128}])
    session = "00000000-0000-4000-8000-000000000001"
    key = f"uploads/2023-11-13/{session}.mp4"
    client("s3").put_object(Bucket=up["BUCKET"], Key=key, Body=b"0123456789")
    client("dynamodb").put_item(TableName=up["TABLE_NAME"], Item={
        "uploadSessionId": {"S": session}, "uploadType": {"S": "single"}, "status": {"S": "created"}, "key": {"S": key},
        "ttl": {"N": "1700000000"},
    })
    return client("sqs").create_queue(QueueName="celery")["QueueUrl"]


def count_methods(program, event, environment):
    """Counts what the JIT compiles, with and without the HTTP client, of which more or less is compiled as bytes arrive late or early."""
    # The lines in the buffer of the JIT would be lost when the process is ended; stdbuf makes it write each one at once.
    with tempfile.TemporaryFile("w+") as output:
        start(["stdbuf", "--output=L", *program], event, {**environment, "DOTNET_JitDisasmSummary": "1"}, output=output)
        output.seek(0)
        methods = [line for line in output if ": JIT compiled " in line and "[Tier1" not in line]
    return len(methods), sum("System.Net." not in line and "Amazon.Lambda.RuntimeSupport" not in line for line in methods)


def measure(programs, event, environment, runs):
    """Returns what is to be printed of each program."""
    starts = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            starts[name].append(start(program, event, environment))
    times = {name: statistics.median(one.milliseconds for one in measured) for name, measured in starts.items()}
    first = next(iter(times.values()))
    return {
        name: (
            times[name], times[name] / first, statistics.median(one.megabytes for one in measured), len(measured[0].libraries),
            *count_methods(programs[name], event, environment))
        for name, measured in starts.items()
    }


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ", 1)[1])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--event", action="append", choices=list(EVENTS))
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--also", action="append", default=[])
    options = parser.parse_args()
    programs = {
        "Python": [sys.executable, HERE / "peers/peer.py"],
        "Node": ["node", "--no-warnings", HERE / "peers/peer.js"],
        "empty": ["dotnet", OUT / "empty/EmptyFunction.dll"],
        "ReadyToRun": ["dotnet", OUT / "ready-to-run/Dispatcher.Function.dll"],
        "native": [OUT / "native/Dispatcher.Function"],
        **{name: shlex.split(command) for name, command in (also.split("=", 1) for also in options.also)},
    }
    programs = {name: program for name, program in programs.items() if name not in options.without}
    if not options.published:
        publish("dispatch", "src/Dispatcher.Cli")
        for name, project, properties in (
            ("empty", HERE / "EmptyFunction", []),
            ("ready-to-run", "src/Dispatcher.Function", ["-p:PublishReadyToRun=true", "--self-contained", "false"]),
            ("native", "src/Dispatcher.Function", ["-p:PublishAot=true"]),
        ):
            if any(name in str(part) for program in programs.values() for part in program):
                publish(name, project, *properties)
        if "Node" in programs:
            run("npm", "install", "--prefix", OUT / "node", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", *NODE_PACKAGES)
    with services() as environment:
        environment["NODE_PATH"] = str(OUT / "node/node_modules")
        for name in options.event or EVENTS:
            if "Python" in programs:
                programs["Python"][0] = find_python("psycopg2" if name in DATABASE_JOBS else "boto3")
            print(f"\n{name:28} CPU ms    ratio  peak MB  assemblies  methods  without HTTP", flush=True)
            for program, figures in measure(programs, json.dumps(EVENTS[name]), environment, options.runs).items():
                print("{:26} {:8.0f} {:8.2f} {:8.0f} {:11} {:8} {:13}".format(program, *figures), flush=True)


if __name__ == "__main__":
    main()
