"""A Lambda function in Python that does what the dry run of each job reads from its services. It imports what the event needs."""

import json
import os
import urllib.request

API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/"


def all_clients():
    import boto3

    boto3.client("s3"), boto3.resource("dynamodb"), boto3.client("sqs")


def celery_enqueue():
    import boto3

    boto3.client("sqs").get_queue_attributes(QueueUrl=os.environ["CELERY_QUEUE_URL"], AttributeNames=["QueueArn"])


def ecs_run_task():
    import boto3

    boto3.client("ecs").describe_task_definition(taskDefinition="report")


def ssm_run_command():
    import boto3

    boto3.client("ssm").describe_instance_information()


def video_upload_cleanup():
    import boto3

    s3, uploads = boto3.client("s3"), {"Bucket": os.environ["BUCKET"]}
    sessions = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"]).scan()["Items"]
    s3.list_objects_v2(**uploads)
    s3.list_multipart_uploads(**uploads)
    for session in sessions:
        s3.head_object(**uploads, Key=session["key"])


def select(sql):
    import psycopg2

    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()


READS = {
    "$list": all_clients,
    "celery-enqueue": celery_enqueue,
    "daily-uptime": lambda: select("SELECT user_id, max(contribution_date) FROM contributions_contribution GROUP BY user_id"),
    "ecs-run-task": ecs_run_task,
    "http-trigger": lambda: None,
    "refresh-materialized-view": lambda: select("SELECT matviewname, ispopulated FROM pg_matviews"),
    "ssm-run-command": ssm_run_command,
    "video-upload-cleanup": video_upload_cleanup,
}

while True:
    with urllib.request.urlopen(API + "next") as response:
        job, request = json.load(response)["job"], response.headers["Lambda-Runtime-Aws-Request-Id"]
    READS[job]()
    body = json.dumps({"job": job, "status": "planned"}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{API}{request}/response", data=body, method="POST")).read()
