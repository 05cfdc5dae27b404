using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Payload;

/// <summary>Payloads of AWS services that name no job: each is named as what it is, with the way to use it.</summary>
public sealed class ForeignPayloadTests
{
    [TestCase(
        """{"RequestType":"Create","ResponseURL":"https://cloudformation-custom-resource-response-euc1.s3.amazonaws.com/x?X-Amz-Signature=abc","StackId":"arn:aws:cloudformation:x","RequestId":"u","ResourceType":"Custom::Job","LogicalResourceId":"R","ResourceProperties":{"ServiceToken":"arn","job":"probe"}}""",
        "a request of a CloudFormation custom resource", "CloudFormation gets no answer from this function, and the stack waits until")]
    [TestCase(
        """{"source":"aws.cloudwatch","alarmArn":"arn:aws:cloudwatch:us-east-1:1:alarm:a","accountId":"1","time":"2026-01-01T00:00:00Z","region":"us-east-1","alarmData":{"alarmName":"a","state":{"value":"ALARM"}}}""",
        "a direct action of a CloudWatch alarm", "write a rule for 'CloudWatch Alarm State Change' of 'aws.cloudwatch'")]
    [TestCase(
        """{"AlarmName":"a","AlarmDescription":null,"AWSAccountId":"1","NewStateValue":"ALARM","NewStateReason":"r","OldStateValue":"OK"}""",
        "a CloudWatch alarm as SNS delivers it", "Do not subscribe the function to the topic of the alarm")]
    [TestCase(
        """{"version":"0","id":"1","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","detail":{"alarmName":"a"}}""",
        "a native event, 'CloudWatch Alarm State Change' of 'aws.cloudwatch'",
        "Give the rule's target a constant input: {\"job\":\"NAME\"}")]
    [TestCase(
        """{"version":"2.0","routeKey":"$default","rawPath":"/","headers":{"authorization":"Bearer s"},"requestContext":{"http":{"method":"POST"}},"body":"{\"job\":\"probe\"}"}""",
        "a request of a function URL or of an HTTP API of API Gateway", "The caller receives an error.")]
    [TestCase(
        """{"resource":"/","path":"/","httpMethod":"POST","requestContext":{"httpMethod":"POST","stage":"prod"},"body":"x"}""",
        "a request of a REST API of API Gateway", "lambda:InvokeFunction")]
    [TestCase(
        """{"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"GET","path":"/"}""",
        "a request of an Application Load Balancer", "remove this integration")]
    [TestCase("""{"requestContext":{"connectionId":"x","routeKey":"$connect"}}""", "a request of a WebSocket API", "The caller receives")]
    [TestCase("""{"type":"TOKEN","methodArn":"arn","authorizationToken":"s3cr3t"}""", "a request for an authorizer", "The caller receives")]
    [TestCase("""{"Records":[{"eventSource":"aws:s3","s3":{"object":{"key":"k"}}}]}""", "an S3 event notification", "Turn on EventBridge")]
    [TestCase("""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"t","Bucket":"b"}""", "S3's test of a notification", "EventBridge")]
    [TestCase("""{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{}}]}""", "a batch of a DynamoDB stream", "A pipe of EventBridge")]
    [TestCase("""{"Records":[{"eventSource":"aws:kinesis","kinesis":{}}]}""", "a batch of a Kinesis stream", "A pipe of EventBridge")]
    [TestCase("""{"Records":[{"eventSource":"aws:ses","ses":{}}]}""", "an e-mail that SES received", "store it in a bucket")]
    [TestCase("""{"Records":[{"cf":{"config":{},"request":{}}}]}""", "a request of CloudFront", "The caller receives an error")]
    [TestCase("""{"eventSource":"aws:kafka","records":{"t-0":[]}}""", "a batch of Amazon MSK", "A pipe of EventBridge")]
    [TestCase("""{"eventSource":"aws:rmq","rmqMessagesByQueue":{}}""", "a batch of Amazon MQ", "A pipe of EventBridge")]
    [TestCase("""{"eventSource":"aws:docdb","events":[]}""", "a batch of a DocumentDB stream", "A pipe of EventBridge")]
    [TestCase("""{"awslogs":{"data":"H4sI"}}""", "a batch of a CloudWatch Logs subscription", "a metric filter and an alarm")]
    [TestCase(
        """{"version":"1","triggerSource":"PreSignUp_SignUp","userPoolId":"p","userName":"zoe","request":{},"response":{}}""",
        "a trigger of a Cognito user pool", "the user cannot go on")]
    [TestCase("""{"invokingEvent":"{}","ruleParameters":"{}","resultToken":"t"}""", "a request of an AWS Config rule", "gets no evaluation")]
    [TestCase("""{"CodePipeline.job":{"id":"1"}}""", "a job of a CodePipeline action", "gets no result")]
    [TestCase("""{"fragment":{},"transformId":"1::M","params":{}}""", "a request of a CloudFormation macro", "Remove the macro")]
    [TestCase("""{"SecretId":"arn","ClientRequestToken":"t","Step":"createSecret"}""", "a rotation of Secrets Manager", "is not rotated")]
    [TestCase("""{"invocationSchemaVersion":"1.0","invocationId":"i","job":{"id":"j"},"tasks":[]}""", "a batch of S3 Batch Operations", "fail")]
    [TestCase("""{"invocationId":"i","deliveryStreamArn":"arn","records":[]}""", "a batch for a transformation of Data Firehose", "Remove")]
    [TestCase("""{"arguments":{},"info":{"fieldName":"f","parentTypeName":"Mutation"}}""", "a request of AppSync", "The caller receives")]
    [TestCase("""{"bot":{"name":"b"},"sessionState":{}}""", "a request of Amazon Lex", "Remove the function")]
    [TestCase("""{"messageVersion":"1.0","agent":{},"actionGroup":"a"}""", "a request of an Amazon Bedrock agent", "Remove the function")]
    [TestCase("""{"Details":{"ContactData":{}},"Name":"ContactFlowEvent"}""", "a request of Amazon Connect", "error branch")]
    [TestCase(
        """{"version":"1.0","requestContext":{"functionArn":"arn","condition":"RetriesExhausted"},"requestPayload":{"job":"probe"},"responsePayload":{}}""",
        "the record of an invocation, as Lambda sends it to a destination", "use an SQS queue as the destination")]
    [TestCase(
        """{"Type":"SubscriptionConfirmation","TopicArn":"arn","Token":"t","SubscribeURL":"https://sns.example/?Token=t"}""",
        "SNS's request to confirm a subscription", "protocol lambda")]
    [TestCase("""[{"messageId":"1","body":"{}","eventSource":"aws:sqs"}]""", "an array, not an object, as a pipe of EventBridge", "SQS queue")]
    public async Task Read_EventOfAService_SaysWhatItIsAndWhatToDo(string payload, string what, string advice)
    {
        await using var harness = new JobHarness(static _ => { });

        var problem = Problem(harness, payload);

        Assert.That(problem, Does.StartWith("The payload is ").And.Contain(what).And.Contain(advice));
        Assert.That(problem, Does.Not.Contain("X-Amz-Signature").And.Not.Contain("s3cr3t"));
        Assert.That(problem, Does.Not.Contain("zoe").And.Not.Contain("Token=t"));
    }

    [TestCase(
        """{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}""",
        "The payload is a batch of SQS messages, which names no job. Pass the body of one message, or pass the batch to the function, for "
        + "example with 'invoke'.")]
    [TestCase(
        """{"Records":[{"eventSource":"aws:s3","s3":{}}]}""",
        "The payload is an S3 event notification, which names no job. Turn on EventBridge for the bucket instead, and write a rule for "
        + "'Object Created' of 'aws.s3' whose target has a constant input: {\"job\":\"NAME\"}, or add an event route.")]
    [TestCase(
        """{"Records":[{"eventSource":"aws:codecommit","codecommit":{}}]}""",
        "The payload is a CodeCommit trigger, which names no job. Write a rule for 'CodeCommit Repository State Change' of "
        + "'aws.codecommit' whose target has a constant input: {\"job\":\"NAME\"}.")]
    [TestCase(
        """{"alarmData":{},"alarmArn":"arn"}""",
        "The payload is a direct action of a CloudWatch alarm, which names no job. Remove the function from the alarm's actions and write "
        + "a rule for 'CloudWatch Alarm State Change' of 'aws.cloudwatch' whose target has a constant input: {\"job\":\"NAME\"}, or add an "
        + "event route.")]
    [TestCase(
        """{"AlarmName":"a","NewStateValue":"OK"}""",
        "The payload is a CloudWatch alarm as SNS delivers it, which names no job. Do not subscribe the function to the topic of the alarm:"
        + " write a rule for 'CloudWatch Alarm State Change' of 'aws.cloudwatch' whose target has a constant input: "
        + "{\"job\":\"NAME\"}, or add an event route.")]
    [TestCase(
        """{"RequestType":"Delete","ResponseURL":"u","StackId":"s"}""",
        "The payload is a request of a CloudFormation custom resource, which names no job. CloudFormation gets no answer from this "
        + "function, and the stack waits until the ServiceTimeout of the resource has passed, an hour unless it is set; then it fails and "
        + "rolls back, and the deletion of the resource waits as long. To end the wait, PUT "
        + "{\"Status\":\"FAILED\",\"Reason\":\"…\",\"PhysicalResourceId\":\"none\",\"StackId\":…,\"RequestId\":…,"
        + "\"LogicalResourceId\":…} with the values of the request to its ResponseURL (\"SUCCESS\" for a deletion). Remove the custom "
        + "resource; to run a job with a deployment, invoke the function after it, or write a rule for 'CloudFormation Stack Status "
        + "Change' of 'aws.cloudformation'.")]
    [TestCase(
        """{"requestContext":{},"requestPayload":{}}""",
        "The payload is the record of an invocation, as Lambda sends it to a destination, which names no job. A function that is the "
        + "destination of its own failures would invoke itself again and again: use an SQS queue as the destination, "
        + "from which failures are run again ('redrive').")]
    public async Task Read_EventOfAService_IsExplainedInFull(string payload, string problem)
    {
        await using var harness = new JobHarness(static _ => { });

        Assert.That(Problem(harness, payload), Is.EqualTo(problem));
    }

    [TestCase("""{"eventSource":"SelfManagedKafka"}""", "a batch of Apache Kafka")]
    [TestCase("""{"eventSource":"aws:mq"}""", "a batch of Amazon MQ")]
    [TestCase("""{"eventSource":"aws:amq"}""", "a batch of Amazon MQ")]
    [TestCase("""{"routeArn":"arn","type":"REQUEST"}""", "a request for an authorizer of API Gateway")]
    public async Task Read_EventOfASource_IsNamed(string payload, string what)
    {
        await using var harness = new JobHarness(static _ => { });

        Assert.That(Problem(harness, payload), Does.StartWith($"The payload is {what}, which names no job. "));
    }

    [TestCase("""{"RequestType":"x","ResponseURL":"y"}""", "The payload has no field 'job'.")]
    [TestCase("""{"requestContext":5}""", "The payload has no field 'job'.")]
    [TestCase("""{"job":"nope","awslogs":{}}""", "Unknown field 'awslogs'.")]
    [TestCase("""{"job":{"id":1}}""", "Field 'job' must be the name of a job, but is {\"id\":1}.")]
    [TestCase("""[]""", "The payload is an array, not an object. Send")]
    [TestCase("""[1]""", "The payload is an array, not an object. Send")]
    public async Task Read_OtherPayload_IsNotTakenForOne(string payload, string problem)
    {
        await using var harness = new JobHarness(static _ => { });

        Assert.That(Problem(harness, payload), Does.Contain(problem));
    }

    private static string Problem(JobHarness harness, string payload)
    {
        var reader = harness.Services.GetRequiredService<JobRequestReader>();
        return Assert.Throws<JobRequestException>(() => reader.Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload))))!.Message;
    }
}
