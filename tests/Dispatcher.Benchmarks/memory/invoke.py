"""Invokes a published function once, as the Lambda Runtime API does, and prints its summary with the largest working set of the process.

usage: invoke.py PROGRAM PAYLOAD

PROGRAM is an assembly (.dll) or an executable.
"""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from runtime_api import start  # noqa: E402


def main(program, payload):
    run = start(["dotnet", program] if program.endswith(".dll") else [program], payload, os.environ, seconds=900)
    record = json.loads(run.answer)
    print(f"{record['status']}: {record['summary']} {record['durationMs']} ms, largest working set {run.megabytes:.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
