"""Transforms the SAM template, deploys the result to moto inside of this process, and prints what is there: an object per deployment.

usage: deploy.py TEMPLATE PARAMETERS ...
PARAMETERS is an object of names and values; each gets a stack and an AWS of its own. The values LAYER, SUBNET and GROUP stand for a Lambda
layer, a subnet and a security group that are made for the deployment.
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

from stand_ins import ChatChannel, without_nothing

STACK = "maintenance"
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
        StackName=STACK,
        TemplateBody=json.dumps(template),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    # A resource whose condition does not hold stands here without a name.
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources if resource["LogicalResourceId"]}


def inspect(template, resources):
    return {
        "resources": resources,
        "rules": event_rules(),
        "schedules": schedules(),
        "schedulerRole": scheduler_role(resources),
        "function": function(resources["DispatcherFunction"]),
        "mappings": boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"],
        "queues": {url.rsplit("/", 1)[1]: queue_attributes(url) for url in boto3.client("sqs").list_queues().get("QueueUrls", [])},
        "managedPolicies": boto3.client("iam").list_attached_role_policies(RoleName=resources["DispatcherFunctionRole"])["AttachedPolicies"],
        "policies": role_policies(resources["DispatcherFunctionRole"]),
        "jobRoles": job_roles(template, resources),
        "tables": {name: boto3.client("dynamodb").describe_table(TableName=name)["Table"] for name in boto3.client("dynamodb").list_tables()["TableNames"]},
        "topics": [topic_attributes(topic["TopicArn"]) for topic in boto3.client("sns").list_topics()["Topics"]],
        "alarms": boto3.client("cloudwatch").describe_alarms()["MetricAlarms"],
        "dashboards": dashboards(),
        "channels": ChatChannel.take(),
        "translated": template["Resources"],
    }


def event_rules():
    events = boto3.client("events")
    rules = [rule for bus in events.list_event_buses()["EventBuses"] for rule in events.list_rules(EventBusName=bus["Name"])["Rules"]]
    for rule in rules:
        rule["Targets"] = events.list_targets_by_rule(Rule=rule["Name"], EventBusName=rule["EventBusName"])["Targets"]
    return rules


def schedules():
    scheduler = boto3.client("scheduler")
    return [scheduler.get_schedule(Name=found["Name"], GroupName=found["GroupName"]) for found in scheduler.list_schedules()["Schedules"]]


def scheduler_role(resources):
    if "SchedulerRole" not in resources:
        return None
    role = boto3.client("iam").get_role(RoleName=resources["SchedulerRole"])["Role"]
    return {"Arn": role["Arn"], "Trust": role["AssumeRolePolicyDocument"], "Policies": role_policies(resources["SchedulerRole"])}


def job_roles(template, resources):
    iam = boto3.client("iam")
    names = [name for name, resource in template["Resources"].items() if resource["Type"] == "AWS::IAM::Role" and name in resources]
    roles = {name: iam.get_role(RoleName=resources[name])["Role"] for name in names if name not in ("DispatcherFunctionRole", "SchedulerRole", "AlarmChatRole")}
    return {
        name: {"Arn": role["Arn"], "Trust": role["AssumeRolePolicyDocument"], "Policies": role_policies(resources[name])}
        for name, role in roles.items()
    }


def function(name):
    client = boto3.client("lambda")
    return {
        **client.get_function_configuration(FunctionName=name),
        "EventInvokeConfig": client.get_function_event_invoke_config(FunctionName=name),
        "ReservedConcurrency": client.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
    }


def queue_attributes(url):
    return boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def topic_attributes(arn):
    sns = boto3.client("sns")
    subscriptions = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    return {**sns.get_topic_attributes(TopicArn=arn)["Attributes"], "Endpoints": [subscription["Endpoint"] for subscription in subscriptions]}


def role_policies(role):
    iam = boto3.client("iam")
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    documents = {name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names}
    # moto gives a policy of its own as Python text, and one within a role as an object.
    documents = {name: ast.literal_eval(document) if isinstance(document, str) else document for name, document in documents.items()}
    return {name: without_nothing(document["Statement"]) for name, document in documents.items()}


def dashboards():
    cloudwatch = boto3.client("cloudwatch")
    names = [entry["DashboardName"] for entry in cloudwatch.list_dashboards()["DashboardEntries"]]
    return {name: json.loads(cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"]) for name in names}


@mock_aws
def try_out(path, parameters):
    upload_package()
    surroundings = make_surroundings()
    parameters = {name: surroundings.get(value, value) for name, value in parameters.items()}
    template = translate(path, parameters)
    return inspect(template, deploy(template, parameters))


def main(path, *deployments):
    print(json.dumps([try_out(path, json.loads(parameters)) for parameters in deployments], default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
