using Dispatcher.Changes;
using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Dispatcher.Testing;
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

    /// <summary>Makes the context of a run, for what takes one directly.</summary>
    public static JobContext Context(bool dryRun = false, long? limit = null, DateTimeOffset? deadline = null, TimeProvider? timeProvider = null)
    {
        var errors = new ItemErrors();
        timeProvider ??= TimeProvider.System;
        return new JobContext(
            new JobDescriptor(JobName, typeof(DelegateJob), JobParameters.None, new JobOptions()),
            new JobRequest(JobName) { Deadline = deadline },
            boundParameters: null,
            dryRun,
            RunIdentity.Now(timeProvider),
            new FailureClassifier([]),
            timeProvider)
        {
            Errors = errors,
            Changes = Gate(dryRun, limit, errors),
            Progress = new RecordingProgress(),
            Logger = NullLogger.Instance,
        };
    }

    public static ChangeGate Gate(bool dryRun = false, long? limit = null, ItemErrors? errors = null, params IFailureRule[] rules) =>
        new(JobName, dryRun, limit, errors ?? new ItemErrors(), new FailureClassifier(rules));

    public static Change Change(string target = "test://item", long bytes = 0, string? counter = null) =>
        new("test:Delete", target) { Bytes = bytes, Counter = counter, Reason = "expired" };
}
