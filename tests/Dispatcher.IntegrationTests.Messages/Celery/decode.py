"""Reads SQS message bodies, one a line, with kombu and Celery's own code, and prints what a worker would run."""
import ast
import json
import sys

from celery import Celery
from celery.worker.request import Request
from kombu.transport.SQS import Channel
from kombu.transport.virtual import Message

app = Celery("tests")
channel = Channel.__new__(Channel)
channel._noack_queues = set()


@app.task(name="tests.any")
def any_task(*args, **kwargs):
    pass


for line in sys.stdin:
    payload = channel._message_to_python({"Body": line.strip(), "ReceiptHandle": "receipt"}, "celery", "url")
    message = Message(payload, channel=channel)
    message.accept = {"application/json"}
    args, kwargs, embed = message.decode()
    request = Request(message, app=app, task=any_task)
    assert request.args == args and request.kwargs == kwargs
    assert message.delivery_info["routing_key"] == "celery"
    for text, value in ((request.argsrepr, tuple(args)), (request.kwargsrepr, kwargs)):
        assert text.endswith("...") or text == repr(value), (text, repr(value))
        assert text.endswith("...") or ast.literal_eval(text) == value
    eta = request.eta and request.eta.timestamp()
    print(json.dumps({"id": request.id, "task": request.type, "args": args, "kwargs": kwargs, "eta": eta}))
