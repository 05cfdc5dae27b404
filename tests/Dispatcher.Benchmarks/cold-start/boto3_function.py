"""A function in Python that creates the clients of the jobs, as a Lambda function does outside of its handler, and answers each event."""

import json
import os
import urllib.request

import boto3

CLIENTS = [boto3.client(service, region_name="us-east-1") for service in ("s3", "sqs")]
TABLES = boto3.resource("dynamodb", region_name="us-east-1")
API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/"

while True:
    with urllib.request.urlopen(API + "next") as response:
        event = json.load(response)
        request = response.headers["Lambda-Runtime-Aws-Request-Id"]
    body = json.dumps({"job": event["job"], "status": "planned"}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{API}{request}/response", data=body, method="POST")).read()
