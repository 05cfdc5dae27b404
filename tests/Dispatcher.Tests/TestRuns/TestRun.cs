using Dispatcher.Changes;
using Dispatcher.Hosting;
using Dispatcher.Limiting;
using Dispatcher.Runs;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Tests.TestRuns;

/// <summary>Makes what most tests begin with.</summary>
internal static class TestRun
{
    public const string JobName = "test-job";
    public const string Payload = """{"job":"test-job"}""";
    public const string DryRunPayload = """{"job":"test-job","dryRun":true}""";

    /// <summary>Makes a dispatcher with the one job <see cref="JobName"/>.</summary>
    public static JobHarness Harness(
        JobBody body,
        Action<JobOptions>? job = null,
        Dictionary<string, string?>? configuration = null,
        TimeProvider? timeProvider = null,
        Action<IServiceCollection>? services = null) =>
        new(
            builder =>
            {
                builder.Services.AddSingleton(body);
                services?.Invoke(builder.Services);
                builder.AddJob<DelegateJob>(JobName, job);
            },
            configuration,
            timeProvider);

    /// <summary>Creates a run, for a middleware that is tested on its own.</summary>
    public static JobRun Run(bool dryRun = false, long? limit = null, DateTimeOffset? deadline = null, TimeProvider? timeProvider = null)
    {
        timeProvider ??= TimeProvider.System;
        var job = new JobDescriptor(JobName, typeof(DelegateJob), JobParameters.None, new JobOptions());
        return new JobRun(
            new BoundRequest(new JobRequest(JobName) { Deadline = deadline }, job, parameters: null),
            RunIdentity.Create(timeProvider),
            dryRun,
            Limits(new ChangeLimits { MaxChanges = limit }),
            new RunServices(new FailureClassifier([]), [], new RecordingProgress(), NullLogger.Instance, timeProvider));
    }

    public static ChangeGate Gate(bool dryRun = false, long? limit = null, ItemErrors? errors = null, params IFailureRule[] rules) =>
        new(
            JobName, dryRun, Limits(new ChangeLimits { MaxChanges = limit }), errors ?? new ItemErrors(), new FailureClassifier(rules));

    public static ChangeGate Gate(ChangeLimits limits, bool dryRun = false, ChangeRate? rate = null) =>
        new(JobName, dryRun, Limits(limits), new ItemErrors(), new FailureClassifier([]), rate: rate);

    /// <summary>Makes the limits of a run whose registration has them.</summary>
    public static LimitsInForce Limits(ChangeLimits registered) => LimitsInForce.Resolve(
        JobName, registered, ChangeLimits.None, new ConfigurationBuilder().Build(), new ProblemList());

    public static Change Change(string target = "test://item", long bytes = 0, string? counter = null) =>
        new("test:Delete", target) { Bytes = bytes, Counter = counter, Reason = "expired" };
}
