using Amazon.ECS;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Ecs.Tests;

internal static class EcsHarness
{
    public const string Minimal = """{"taskDefinition":"claims-report"}""";

    public static readonly (string Key, string? Value)[] Profile =
    [
        ("EcsTasks:claims-report:Cluster", "reports"),
        ("EcsTasks:claims-report:TaskDefinition", "claims-report"),
        ("EcsTasks:claims-report:LaunchType", "FARGATE"),
        ("EcsTasks:claims-report:Subnets", "subnet-0a1b2c3d, subnet-0a1b2c3e"),
        ("EcsTasks:claims-report:SecurityGroups:0", "sg-0a1b2c3d"),
        ("EcsTasks:claims-report:AssignPublicIp", "true"),
        ("EcsTasks:claims-report:ContainerOverrides:0:Name", "main"),
        ("EcsTasks:claims-report:ContainerOverrides:0:Environment:MODE", "weekly"),
        ("EcsTasks:claims-report:ContainerOverrides:0:Cpu", "512"),
        ("EcsTasks:claims-report:Tags:owner", "rights"),
    ];

    public static JobHarness Create(FakeEcs ecs, params (string Key, string? Value)[] settings) =>
        Create(ecs, new TestClock(), settings);

    public static JobHarness Create(FakeEcs ecs, TimeProvider timeProvider, params (string Key, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?> { ["Retry:BaseDelaySeconds"] = "0" };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonECS>(ecs.Client);
                builder.AddEcsRunTask();
            },
            configuration,
            timeProvider);
    }

    public static string PayloadOf(string parameters, string around = "") =>
        $$"""{"job":"ecs-run-task",{{around}}"parameters":{{parameters}}}""";
}
