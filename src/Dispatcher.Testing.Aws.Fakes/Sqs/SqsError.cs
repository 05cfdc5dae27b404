using System.Net;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>Makes the refusals of SQS.</summary>
internal static class SqsError
{
    public static FakeServiceException Make(string code, string message) => new(HttpStatusCode.BadRequest, code, message);

    public static FakeServiceException NoQueue() => Make("QueueDoesNotExist", "The specified queue does not exist.");

    public static FakeServiceException Invalid(string message) => Make("InvalidParameterValue", message);

    /// <summary>Returns the code that the older query protocol has for an error; the SDKs show it.</summary>
    public static string QueryCode(string code) => code switch
    {
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        "EmptyBatchRequest" or "TooManyEntriesInBatchRequest" or "BatchEntryIdsNotDistinct" or "BatchRequestTooLong"
            or "InvalidBatchEntryId" or "MessageNotInflight" => $"AWS.SimpleQueueService.{code}",
        "QueueNameExists" => "QueueAlreadyExists",
        _ => code,
    };
}
