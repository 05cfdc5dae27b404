using Amazon.SimpleSystemsManagement;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Ssm.Tests;

internal static class SsmHarness
{
    public const string First = "i-0a1b2c3d4e5f60718";
    public const string Second = "i-0a1b2c3d4e5f60719";
    public const string Minimal = $$"""{"commands":["date"],"instanceIds":["{{First}}"]}""";
    public const string Named = """{"profile":"uptime"}""";

    public static readonly (string Key, string? Value)[] Allowed =
        [("SSM_ALLOWED_DOCUMENTS", "*"), ("SSM_ALLOWED_TARGETS", "*")];

    public static readonly (string Key, string? Value)[] Profile =
    [
        ("SsmCommands:uptime:Commands", "cd /srv/app, then manage.py run_daily_uptime"),
        ("SsmCommands:uptime:Targets:0:Key", "tag:Role"),
        ("SsmCommands:uptime:Targets:0:Values:0", "web"),
        ("SsmCommands:uptime:ExecutionTimeoutSeconds", "600"),
    ];

    public static JobHarness Create(FakeSsm ssm, params (string Key, string? Value)[] settings) =>
        Create(ssm, new TestClock(), settings);

    public static JobHarness Create(FakeSsm ssm, TimeProvider timeProvider, params (string Key, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?> { ["Retry:BaseDelaySeconds"] = "0" };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonSimpleSystemsManagement>(ssm.Client);
                builder.AddSsmRunCommand();
            },
            configuration,
            timeProvider);
    }

    public static string PayloadOf(string parameters, string around = "") =>
        $$"""{"job":"ssm-run-command",{{around}}"parameters":{{parameters}}}""";
}
