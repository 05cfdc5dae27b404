using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Postgres.Connections;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Postgres.Tests.Connections;

/// <summary>
/// Plants a password in connection strings of all forms, damages them, and looks for the password in everything that a run emits.
/// </summary>
public sealed class PasswordSecrecyTests
{
    [Property(MaxTest = 2000, Arbitrary = [typeof(DamagedConnectionString)])]
    public void Read_AnyConnectionString_ShowsNothingOfThePassword(DamagedConnectionString planted)
    {
        ArgumentNullException.ThrowIfNull(planted);

        string shown;
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DATABASE_URL", planted.Text)]).Build();
            var settings = ConnectionSettings.Read(configuration, null);
            using var source = settings.CreateDataSource("job", "run");
            shown = settings.Description + settings.GrantConnect;
        }
        catch (PermanentJobException exception)
        {
            shown = exception.ToString();
        }

        AssertHidden(planted, shown);
    }

    [Property(MaxTest = 2000, Arbitrary = [typeof(DamagedConnectionString)])]
    public async Task RunAsync_AnyConnectionString_EmitsNothingOfThePassword(DamagedConnectionString planted)
    {
        ArgumentNullException.ThrowIfNull(planted);

        var audit = new AuditLog();
        await using var harness = new JobHarness(
            builder =>
            {
                builder.AddDailyUptime().AddRefreshMaterializedView();
                builder.Services.AddSingleton<IAuditSink>(audit);
            },
            new Dictionary<string, string?>
            {
                ["DATABASE_URL"] = planted.Text,
                ["DATABASE_URL_OTHER"] = planted.Text,
                ["Retry:MaxAttempts"] = "2",
                ["Retry:BaseDelaySeconds"] = "0",
            });

        var summary = await harness.RunAsync("""{"job":"daily-uptime"}""");
        await harness.RunAsync("""{"job":"refresh-materialized-view","dryRun":true,"parameters":{"view":"v","connection":"other"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        AssertHidden(
            planted,
            string.Join('\n', harness.Logs.Lines),
            string.Join('\n', harness.Logs.Scopes.SelectMany(scope => scope.Values)),
            JsonSerializer.Serialize(harness.Runs.Records, JsonSerializerOptions.Web),
            JsonSerializer.Serialize(harness.Metrics.Batches, JsonSerializerOptions.Web),
            string.Join('\n', harness.Progress.Reports),
            audit.Text);
    }

    private static void AssertHidden(DamagedConnectionString planted, params string[] emitted)
    {
        foreach (var piece in planted.Password)
        {
            Assert.That(emitted, Has.None.Contains(piece), planted.Text);
        }
    }

    private sealed class AuditLog : IAuditSink
    {
        public string Text { get; private set; } = string.Empty;

        public void Write(AuditEntry entry) => Text += $"{entry}\n";

        public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
