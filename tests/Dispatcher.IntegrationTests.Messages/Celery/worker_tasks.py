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


@app.task(name="tests.note", bind=True)
def note(self, *args, **kwargs):
    line = {"id": self.request.id, "args": args, "kwargs": kwargs, "time": time.time()}
    with open(os.environ["TEST_OUTPUT"], "a", encoding="utf-8") as output:
        output.write(json.dumps(line) + "\n")
