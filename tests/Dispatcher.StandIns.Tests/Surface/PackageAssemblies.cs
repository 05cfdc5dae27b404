using System.Reflection;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>The assemblies that are either a package or its stand-in.</summary>
internal static class PackageAssemblies
{
    public static string[] Names { get; } =
    [
        "Amazon.Lambda.Core",
        "Amazon.Lambda.RuntimeSupport",
        "Amazon.Lambda.Serialization.SystemTextJson",
        "AWSSDK.CloudFormation",
        "AWSSDK.CloudWatch",
        "AWSSDK.CloudWatchLogs",
        "AWSSDK.ECS",
        "AWSSDK.EventBridge",
        "AWSSDK.Lambda",
        "AWSSDK.Scheduler",
    ];

    /// <summary>Gets the project's own assemblies: whatever of it lies beside the tests.</summary>
    public static string[] OfThisProject { get; } =
        Directory.GetFiles(AppContext.BaseDirectory, "dispatch*.dll", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive });

    public static string[] Listed { get; } =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "RealMembers.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    public static Assembly Load(string name) => Assembly.Load(new AssemblyName(name));
}
