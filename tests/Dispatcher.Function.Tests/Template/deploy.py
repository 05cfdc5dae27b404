"""Transforms the SAM template, deploys the result to moto inside of this process, and prints what is there.

usage: deploy.py TEMPLATE NAME=VALUE ...
The values LAYER, SUBNET and GROUP stand for a Lambda layer, a subnet and a security group that are made for the deployment.
"""

import ast
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


def make_surroundings():
    """Makes what the template takes for given, and answers the parameters that name it."""
    boto3.client("events").create_event_bus(Name="workflow")
    layer = boto3.client("lambda").publish_layer_version(LayerName="secrets", Content={"S3Bucket": BUCKET, "S3Key": KEY})
    ec2 = boto3.client("ec2")
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=network, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(VpcId=network, GroupName="maintenance", Description="Maintenance")["GroupId"]
    return {"LAYER": layer["LayerVersionArn"], "SUBNET": subnet, "GROUP": group}


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
    rules = [rule for bus in events.list_event_buses()["EventBuses"] for rule in events.list_rules(EventBusName=bus["Name"])["Rules"]]
    for rule in rules:
        rule["Targets"] = events.list_targets_by_rule(Rule=rule["Name"], EventBusName=rule["EventBusName"])["Targets"]
    function = boto3.client("lambda").get_function_configuration(FunctionName=resources["DispatcherFunction"])
    return {
        "resources": sorted(resources),
        "rules": rules,
        "mappings": boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"],
        "queues": {url.rsplit("/", 1)[1]: queue_attributes(url) for url in boto3.client("sqs").list_queues().get("QueueUrls", [])},
        "subnets": function.get("VpcConfig", {}).get("SubnetIds", []),
        "layers": [layer["Arn"] for layer in function.get("Layers", [])],
        "environment": function["Environment"]["Variables"],
        "translated": sorted(template["Resources"]),
        "policies": role_policies(resources["DispatcherFunctionRole"]),
    }


def queue_attributes(url):
    return boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def role_policies(role):
    iam = boto3.client("iam")
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    documents = {name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names}
    # moto gives a policy of its own as Python text, and one within a role as an object.
    return {name: (ast.literal_eval(document) if isinstance(document, str) else document)["Statement"] for name, document in documents.items()}


@mock_aws
def main(path, *assignments):
    upload_package()
    surroundings = make_surroundings()
    parameters = {name: surroundings.get(value, value) for name, value in (assignment.split("=", 1) for assignment in assignments)}
    template = translate(path, parameters)
    print(json.dumps(inspect(template, deploy(template, parameters)), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
