"""Transforms the SAM template, deploys the result to moto inside of this process, and prints what is there.

usage: deploy.py TEMPLATE NAME=VALUE ...
"""

import io
import json
import os
import sys
import zipfile

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-central-1")

import boto3
from moto import mock_aws
from samtranslator.translator.transform import transform

BUCKET, KEY = "packages", "function.zip"


class ManagedPolicies:
    """Stands for the names of AWS's managed policies, which the translator would otherwise ask IAM for."""

    def load(self):
        return {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}


def translate(path, parameters):
    with open(path, encoding="utf-8") as file:
        template = json.load(file)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{BUCKET}/{KEY}"
    return transform(template, parameters, ManagedPolicies())


def upload_package():
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("Dispatcher.Function.dll", "")
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=package.getvalue())


def deploy(template, parameters):
    cloudformation = boto3.client("cloudformation")
    cloudformation.create_stack(
        StackName="maintenance",
        TemplateBody=json.dumps(template),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    resources = cloudformation.list_stack_resources(StackName="maintenance")["StackResourceSummaries"]
    # What moto cannot make (EventInvokeConfig, QueuePolicy) stands here without a name.
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources if resource["LogicalResourceId"]}


def inspect(template, resources):
    events = boto3.client("events")
    rules = events.list_rules()["Rules"]
    function = boto3.client("lambda").get_function_configuration(FunctionName=resources["DispatcherFunction"])
    return {
        "resources": sorted(resources),
        "targets": [target for rule in rules for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]],
        "schedules": [rule["ScheduleExpression"] for rule in rules],
        "function": {name: function[name] for name in ("Handler", "Runtime", "Timeout", "Architectures")},
        "environment": function["Environment"]["Variables"],
        "translated": sorted(template["Resources"]),
        "policies": boto3.client("iam").list_role_policies(RoleName=resources["DispatcherFunctionRole"])["PolicyNames"],
    }


@mock_aws
def main(path, *assignments):
    parameters = dict(assignment.split("=", 1) for assignment in assignments)
    upload_package()
    template = translate(path, parameters)
    print(json.dumps(inspect(template, deploy(template, parameters))))


if __name__ == "__main__":
    main(*sys.argv[1:])
