using Amazon.ECS;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>Uses one member of a package in a way that the tests know, with and without stand-ins.</summary>
internal static class SampleUse
{
    public const string Line = "AWSSDK.ECS AmazonECSException.new(string)";

    public static AmazonECSException Create() => new("no cluster");
}
