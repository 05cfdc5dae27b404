using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>The registration of <c>daily-uptime</c>.</summary>
public static class DailyUptimeBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "daily-uptime";

    /// <summary>The CloudWatch namespace of the job's counts.</summary>
    public const string MetricsNamespace = "DailyUptime";

    /// <summary>Adds the job and the database that it uses. With a run store, one run at a time works on a database.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddDailyUptime(this IDispatcherBuilder builder, string name = DefaultName) =>
        builder.AddPostgres().AddJob<DailyUptimeJob, DailyUptimeParameters>(
            name,
            static () => DailyUptimeJsonContext.Default.DailyUptimeParameters,
            options =>
            {
                options.Description = "Fills in one Uptime contribution per user and day, and brings the leaderboard up to date.";
                options.CountsNamespace = MetricsNamespace;
                options.PreventOverlap<DailyUptimeParameters>(static parameters => DatabaseJobs.OverlapKey(parameters.Connection));
                options.Deploy(static deploy => deploy
                    .Label(DatabaseJobs.Label)
                    .Enabled(byDefault: false, "Whether daily-uptime is scheduled. It does in the database what run-uptime asks an "
                        + "application for: enable one of them.")
                    .Schedule("cron(5 0 * * ? *)", description: "Fills in the days of uptime and the leaderboard.")
                    .UsePostgres(DatabaseJobs.Label));
            });
}
