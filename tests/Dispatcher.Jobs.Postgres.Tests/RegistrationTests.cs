using Dispatcher.Hosting;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Postgres;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Postgres.Tests;

public sealed class RegistrationTests
{
    [Test]
    public async Task Schema_BothJobs_DescribeTheirParameters()
    {
        await using var harness = new JobHarness(builder => builder.AddDailyUptime().AddRefreshMaterializedView());
        var registry = harness.Services.GetRequiredService<JobRegistry>();

        Assert.That(
            registry.TryFind("daily-uptime", out var uptime) & registry.TryFind("refresh-materialized-view", out var refresh), Is.True);
        Assert.That(Default(uptime!, "points"), Is.EqualTo("1"));
        Assert.That(Default(refresh!, "lockTimeoutSeconds"), Is.EqualTo("5"));
        Assert.That(refresh!.Parameters.CreateSchema()["required"]!.ToJsonString(), Is.EqualTo("[\"view\"]"));
    }

    [Test]
    public async Task AddPostgres_Twice_AddsItsRuleOnce()
    {
        await using var harness = new JobHarness(builder => builder.AddPostgres().AddPostgres());

        Assert.That(harness.Services.GetServices<IFailureRule>().OfType<PostgresFailureRule>(), Has.One.Items);
    }

    private static string? Default(JobDescriptor job, string parameter) =>
        job.Parameters.CreateSchema()["properties"]![parameter]!["default"]?.ToJsonString();
}
