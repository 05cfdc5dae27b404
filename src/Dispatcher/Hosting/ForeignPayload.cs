using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The payloads of AWS services that name no job, by their form: what each of them is, and how it can start a job all the same. Values of
/// these payloads are not repeated, except for names: they hold signed URLs and personal data.
/// </summary>
internal static class ForeignPayload
{
    private const string ConstantInput = "a constant input: {\"job\":\"NAME\"}";

    private const string Pipe =
        "A pipe of EventBridge can send a payload for each record, with the input template {\"job\":\"NAME\"}, to an SQS queue that is a "
        + "source of this function.";

    private const string NotHttp =
        "The caller receives an error. The function is invoked with lambda:InvokeFunction ('aws lambda invoke'), by EventBridge, SQS or "
        + "SNS: let the API put the payload {\"job\":\"NAME\"} into a queue, and remove this integration.";

    private static readonly (string Source, string What, string Advice)[] Records =
    [
        ("aws:sqs", "a batch of SQS messages",
            "Pass the body of one message, or pass the batch to the function, for example with 'invoke'."),
        ("aws:s3", "an S3 event notification",
            "Turn on EventBridge for the bucket instead, and write a rule for 'Object Created' of 'aws.s3' whose target has "
            + $"{ConstantInput}, or add an event route."),
        ("aws:dynamodb", "a batch of a DynamoDB stream", Pipe),
        ("aws:kinesis", "a batch of a Kinesis stream", Pipe),
        ("aws:ses", "an e-mail that SES received", "Let SES store it in a bucket, and start the job by an event of the bucket."),
        ("aws:codecommit", "a CodeCommit trigger", "Write a rule for 'CodeCommit Repository State Change' of 'aws.codecommit' "
            + $"whose target has {ConstantInput}."),
    ];

    private static readonly (string Source, string What)[] Streams =
    [
        ("aws:kafka", "a batch of Amazon MSK"), ("SelfManagedKafka", "a batch of Apache Kafka"), ("aws:mq", "a batch of Amazon MQ"),
        ("aws:amq", "a batch of Amazon MQ"), ("aws:rmq", "a batch of Amazon MQ"), ("aws:docdb", "a batch of a DocumentDB stream"),
    ];

    /// <summary>Each form by the fields that it has, in dots for fields of fields. The first one that fits names the payload.</summary>
    private static readonly (string[] Fields, string What, string Advice)[] Forms =
    [
        (["RequestType", "ResponseURL", "StackId"], "a request of a CloudFormation custom resource",
            "CloudFormation gets no answer from this function, and the stack waits until the ServiceTimeout of the resource has passed, "
            + "an hour unless it is set; then it fails and rolls back, and the deletion of the resource waits as long. To end the wait, "
            + "PUT {\"Status\":\"FAILED\",\"Reason\":\"…\",\"PhysicalResourceId\":\"none\",\"StackId\":…,\"RequestId\":…,"
            + "\"LogicalResourceId\":…} with the values of the request to its ResponseURL (\"SUCCESS\" for a deletion). Remove the custom "
            + "resource; to run a job with a deployment, invoke the function after it, or write a rule for 'CloudFormation Stack Status "
            + "Change' of 'aws.cloudformation'."),
        (["alarmData", "alarmArn"], "a direct action of a CloudWatch alarm",
            "Remove the function from the alarm's actions and write a rule for 'CloudWatch Alarm State Change' of 'aws.cloudwatch' whose "
            + $"target has {ConstantInput}, or add an event route."),
        (["AlarmName", "NewStateValue"], "a CloudWatch alarm as SNS delivers it",
            "Do not subscribe the function to the topic of the alarm: write a rule for 'CloudWatch Alarm State Change' of 'aws.cloudwatch' "
            + $"whose target has {ConstantInput}, or add an event route."),
        (["requestContext.elb"], "a request of an Application Load Balancer", NotHttp),
        (["requestContext.connectionId"], "a request of a WebSocket API of API Gateway", NotHttp),
        (["requestContext.http"], "a request of a function URL or of an HTTP API of API Gateway", NotHttp),
        (["requestContext.httpMethod"], "a request of a REST API of API Gateway", NotHttp),
        (["methodArn", "type"], "a request for an authorizer of API Gateway", NotHttp),
        (["routeArn", "type"], "a request for an authorizer of API Gateway", NotHttp),
        (["requestContext", "requestPayload"], "the record of an invocation, as Lambda sends it to a destination",
            "A function that is the destination of its own failures would invoke itself again and again: use an SQS queue as the "
            + "destination, from which failures are run again ('redrive')."),
        (["awslogs"], "a batch of a CloudWatch Logs subscription",
            "Count the lines with a metric filter and an alarm, and start the job by the alarm's state change in EventBridge."),
        (["triggerSource", "userPoolId"], "a trigger of a Cognito user pool",
            "The user pool receives an error, and the user cannot go on: remove the function from the triggers of the pool."),
        (["invokingEvent", "resultToken"], "a request of an AWS Config rule",
            "The rule gets no evaluation. Use a rule of EventBridge for 'Config Rules Compliance Change' of 'aws.config'."),
        (["CodePipeline.job"], "a job of a CodePipeline action",
            "The action gets no result and fails when its time has passed. Invoke the function in a CodeBuild action instead."),
        (["fragment", "transformId"], "a request of a CloudFormation macro", "The stack fails. Remove the macro from the template."),
        (["SecretId", "ClientRequestToken", "Step"], "a rotation of Secrets Manager",
            "The secret is not rotated. Use a function of the kind that Secrets Manager offers for the rotation."),
        (["invocationSchemaVersion", "tasks"], "a batch of S3 Batch Operations", "The tasks fail. Use a function made for them."),
        (["invocationId", "deliveryStreamArn"], "a batch for a transformation of Data Firehose",
            "The records go to the errors of the stream. Remove the transformation."),
        (["info.fieldName", "info.parentTypeName"], "a request of AppSync", NotHttp),
        (["bot", "sessionState"], "a request of Amazon Lex", "The bot receives an error. Remove the function from it."),
        (["messageVersion", "agent"], "a request of an Amazon Bedrock agent", "The agent receives an error. Remove the function from it."),
        (["Details.ContactData"], "a request of Amazon Connect", "The flow takes its error branch. Remove the function from it."),
        (["Event", "Bucket", "Service"], "S3's test of a notification", "Turn on EventBridge for the bucket instead, and write a rule."),
        (["SubscribeURL", "TopicArn"], "SNS's request to confirm a subscription",
            "Subscribe the function itself (protocol lambda), or a queue (protocol sqs): neither needs a confirmation in its account."),
    ];

    /// <summary>Describes a payload that names no job.</summary>
    /// <returns>What it is and what to do; <see langword="null"/> if the payload names a job, or is of no known form.</returns>
    public static string? Describe(JsonElement payload) => payload.ValueKind switch
    {
        JsonValueKind.Array when payload.GetArrayLength() > 0 && payload[0].ValueKind == JsonValueKind.Object =>
            "The payload is an array, not an object, as a pipe of EventBridge delivers it. Let the pipe send its payloads, such as "
            + "{\"job\":\"NAME\"}, to an SQS queue that is a source of this function.",
        JsonValueKind.Object when !NamesJob(payload) =>
            DescribeStream(payload) ?? DescribeForm(payload) ?? DescribeRecords(payload) ?? DescribeEvent(payload),
        _ => null,
    };

    private static bool NamesJob(JsonElement payload) =>
        PayloadText.TryGetProperty(payload, "job", out var job) && job.ValueKind != JsonValueKind.Object;

    private static string? DescribeRecords(JsonElement payload)
    {
        if (!PayloadText.TryGetPropertyIgnoringCase(payload, "Records", out var records))
        {
            return null;
        }

        if (records.ValueKind != JsonValueKind.Array || records.GetArrayLength() == 0)
        {
            return "The payload is a batch of records that are not SQS messages. 'Records' is "
                + $"{(records.ValueKind == JsonValueKind.Array ? "empty" : PayloadText.Kind(records) + ", not a list")}. Send a batch of "
                + "at least one message, or {\"job\":\"NAME\"}.";
        }

        var first = records.EnumerateArray().First();
        if (Find(first, "cf") is not null)
        {
            return Sentence("a request of CloudFront (Lambda@Edge)", NotHttp);
        }

        var source = first.ValueKind == JsonValueKind.Object && PayloadText.TryGetPropertyIgnoringCase(first, "eventSource", out var named)
            ? PayloadText.Text(named)
            : null;
        var known = Array.Find(Records, record => record.Source == source);
        return known.What is not null
            ? Sentence(known.What, known.Advice)
            : $"The payload is a batch of records {(source is null ? string.Empty : $"of '{PayloadText.Shorten(source)}' ")}"
              + "that are not SQS messages. "
              + $"Put a queue between the service and the function, or give the target {ConstantInput}.";
    }

    private static string? DescribeStream(JsonElement payload) =>
        Find(payload, "eventSource") is { } source && PayloadText.Text(source) is { } name
        && Array.Find(Streams, stream => stream.Source == name).What is { } what
            ? Sentence(what, Pipe)
            : null;

    private static string? DescribeForm(JsonElement payload) =>
        Array.Find(Forms, form => Array.TrueForAll(form.Fields, field => Has(payload, field))) is { What: { } what, Advice: var advice }
            ? Sentence(what, advice)
            : null;

    private static string? DescribeEvent(JsonElement payload) => Find(payload, "detail-type") is { } type
        ? Sentence(
            PayloadText.Text(type) is { } name && Find(payload, "source") is { } source && PayloadText.Text(source) is { } sender
                ? $"a native event, '{PayloadText.Shorten(name)}' of '{PayloadText.Shorten(sender)}'"
                : "a native event",
            $"Give the rule's target {ConstantInput}, or register event routes with AddEventRoutes of Dispatcher.EventBridge.")
        : null;

    private static string Sentence(string what, string advice) => $"The payload is {what}, which names no job. {advice}";

    private static bool Has(JsonElement payload, string path)
    {
        // A name may hold a dot itself, as CodePipeline's does.
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return Find(payload, path) is not null
               || (dot > 0 && Find(payload, path[..dot]) is { } inner && Find(inner, path[(dot + 1)..]) is not null);
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(element, name, out var value) ? value : null;
}
