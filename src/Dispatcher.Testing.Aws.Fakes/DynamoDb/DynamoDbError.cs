using System.Net;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>Makes DynamoDB's refusals.</summary>
internal static class DynamoDbError
{
    public const string ConditionFailed = "The conditional request failed";

    public static FakeServiceException Validation(string message) => Make("ValidationException", message);

    public static FakeServiceException Make(string code, string message) => new(HttpStatusCode.BadRequest, code, message);

    public static FakeServiceException ConditionalCheckFailed(FakeItem? item)
    {
        var refusal = Make("ConditionalCheckFailedException", ConditionFailed);
        if (item is not null)
        {
            refusal.Members["Item"] = item.ToJson();
        }

        return refusal;
    }
}
