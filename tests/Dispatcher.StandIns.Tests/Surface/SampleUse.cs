using Amazon.SQS.Model;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>Uses one member of a package in a way that the tests know, with and without stand-ins.</summary>
internal static class SampleUse
{
    public const string Line = "AWSSDK.SQS SendMessageRequest.new(string, string)";

    public static SendMessageRequest Create() => new("queue", "message");
}
