"""Serves a local AWS with the stack 'maintenance', deployed from a SAM template with every job enabled.

usage: serve_stack.py TEMPLATE
Prints the address of the server when everything is there; ends when standard input does.
"""

import json
import logging
import os
import pathlib
import sys

import boto3
from moto.awslambda.models import LambdaBackend
from moto.server import ThreadedMotoServer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Dispatcher.Function.Tests" / "Template"))
import deploy

EVERYTHING = {
    "VideoUploadBucketName": "uploads",
    "CeleryEnqueueEnabled": "true",
    "RunUptimeEnabled": "true",
    "RunUptimeUrl": "https://app.example.com/api/internal/run-uptime/",
    "ClaimsReportEnabled": "true",
    "ChannelBackfillEnabled": "true",
    "EcsSubnetIds": "subnet-0614f6234c8532909",
    "EcsRoleArns": "arn:aws:iam::123456789012:role/task",
    "DailyUptimeEnabled": "true",
    "RefreshMaterializedViewEnabled": "true",
    "DatabaseHost": "db.example.com",
    "DatabaseName": "app",
    "DatabaseSecretName": "maintenance/database",
    "JobQueueEnabled": "true",
}

# What Lambda puts into an on-failure destination, as far as the documents read it.
FAILED_RUN = {
    "requestContext": {"condition": "RetriesExhausted", "approximateInvokeCount": 3},
    "requestPayload": {"job": "daily-uptime", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "scheduledTime": "2026-11-22T00:05:00Z"},
    "responsePayload": {"errorType": "JobFailedException", "errorMessage": "Job 'daily-uptime' failed"},
}


def answer(backend, function_name, qualifier, body, headers, response_headers):
    """Answers for a function that exists which jobs it was asked for: by a payload, or by messages of a queue."""
    backend.get_function(function_name, qualifier)
    event = json.loads(body)
    payloads = [json.loads(record["body"]) for record in event["Records"]] if "Records" in event else [event]
    return json.dumps([payload["job"] for payload in payloads]).encode()


def main(template):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    os.environ.update(
        AWS_ENDPOINT_URL=url, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-central-1"
    )

    # Functions would run in Docker; what a test needs is that the call is right.
    LambdaBackend.invoke = answer

    deploy.upload_package()
    parameters = {**EVERYTHING, "SecretsExtensionLayerArn": deploy.make_surroundings()["LAYER"]}
    resources = deploy.deploy(deploy.translate(template, parameters), parameters)
    boto3.client("sqs").send_message(QueueUrl=resources["FailedRunsQueue"], MessageBody=json.dumps(FAILED_RUN))
    print(url, flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main(sys.argv[1])
