"""Teaches moto's CloudFormation resources that it does not know: each is made through its service's own API."""

import json

import boto3
from moto.cloudformation import parsing


class Resource:
    """Is a resource as moto's CloudFormation wants it: something that was made, and has a name."""

    def __init__(self, name):
        self.physical_resource_id = name

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        return cls(cls.make(resource_name, without_nothing(cloudformation_json["Properties"])) or resource_name)

    @staticmethod
    def make(name, properties):
        """Makes the resource, and answers its name where it is not the one that CloudFormation would give it."""
        raise NotImplementedError

    @staticmethod
    def is_created():
        return True


def without_nothing(value):
    """Leaves out what AWS::NoValue stands for: CloudFormation does so in lists as well, moto only in objects."""
    if isinstance(value, dict):
        return {name: without_nothing(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nothing(member) for member in value if member is not None]
    return value


class Alarm(Resource):
    @staticmethod
    def make(name, properties):
        alarm = {**properties, "EvaluationPeriods": int(properties["EvaluationPeriods"]), "Threshold": float(properties["Threshold"])}
        boto3.client("cloudwatch").put_metric_alarm(**{"AlarmName": name, **alarm})
        return properties.get("AlarmName")


class QueuePolicy(Resource):
    @staticmethod
    def make(_, properties):
        for queue in properties["Queues"]:
            boto3.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(properties["PolicyDocument"])})


class TopicPolicy(Resource):
    @staticmethod
    def make(_, properties):
        for topic in properties["Topics"]:
            boto3.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(properties["PolicyDocument"]))


class Subscription(Resource):
    @staticmethod
    def make(_, properties):
        answer = boto3.client("sns").subscribe(TopicArn=properties["TopicArn"], Protocol=properties["Protocol"], Endpoint=properties["Endpoint"])
        return answer["SubscriptionArn"]


class EventInvokeConfig(Resource):
    @staticmethod
    def make(_, properties):
        boto3.client("lambda").put_function_event_invoke_config(
            FunctionName=properties["FunctionName"],
            MaximumRetryAttempts=int(properties["MaximumRetryAttempts"]),
            MaximumEventAgeInSeconds=int(properties["MaximumEventAgeInSeconds"]),
            DestinationConfig=properties["DestinationConfig"],
        )


class Schedule(Resource):
    @staticmethod
    def make(name, properties):
        window = properties["FlexibleTimeWindow"]
        if "MaximumWindowInMinutes" in window:
            window = {**window, "MaximumWindowInMinutes": int(window["MaximumWindowInMinutes"])}
        boto3.client("scheduler").create_schedule(**{"Name": name, **properties, "FlexibleTimeWindow": window})


class ScheduleGroup(Resource):
    @staticmethod
    def make(_, properties):
        boto3.client("scheduler").create_schedule_group(Name=properties["Name"])
        return properties["Name"]


class ChatChannel(Resource):
    """Is a channel of Amazon Q Developer in chat applications, which moto does not have: it is only remembered."""

    made = []

    @classmethod
    def take(cls):
        """Takes what was made since the last call."""
        made, ChatChannel.made = ChatChannel.made, []
        return made

    @classmethod
    def make(cls, _, properties):
        ChatChannel.made.append(properties)
        return f"arn:aws:chatbot::123456789012:chat-configuration/{properties['ConfigurationName']}"


# moto makes this map once and then keeps it.
parsing.get_model_map().update({
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": ChatChannel,
    "AWS::Chatbot::SlackChannelConfiguration": ChatChannel,
    "AWS::CloudWatch::Alarm": Alarm,
    "AWS::Lambda::EventInvokeConfig": EventInvokeConfig,
    "AWS::Scheduler::Schedule": Schedule,
    "AWS::Scheduler::ScheduleGroup": ScheduleGroup,
    "AWS::SNS::Subscription": Subscription,
    "AWS::SNS::TopicPolicy": TopicPolicy,
    "AWS::SQS::QueuePolicy": QueuePolicy,
})
