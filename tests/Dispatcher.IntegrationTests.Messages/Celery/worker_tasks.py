"""The worker's side of the tests: tasks that note each call as one line of JSON."""
import json
import os
import time

from celery import Celery

app = Celery("tests", broker=os.environ["TEST_BROKER_URL"])
app.conf.update(
    broker_transport_options={"region": "us-east-1", "is_secure": False, "polling_interval": 0.1, "wait_time_seconds": 0},
    task_default_queue=os.environ["TEST_QUEUE"],
    worker_prefetch_multiplier=4,
)


def note(self, *args, **kwargs):
    request = self.request
    line = {
        "name": self.name, "id": request.id, "args": args, "kwargs": kwargs, "time": time.time(), "timelimit": request.timelimit,
        "tenant": request.get("tenant"), "trace": request.get("trace"),
    }
    with open(os.environ["TEST_OUTPUT"], "a", encoding="utf-8") as output:
        output.write(json.dumps(line) + "\n")


for name in ("tests.note", "create-nightly-billing", "app.tasks:add", "отчёт.создать"):
    app.task(name=name, bind=True)(note)
