using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Running.Confirmation;

/// <summary>The last dry run of a job with the same parameters.</summary>
/// <param name="Run">The record; <see langword="null"/> if there is none.</param>
/// <param name="Location">The history that was read.</param>
/// <param name="Problem">Why the history could not be read.</param>
internal sealed record LastPlan(RunRecord? Run, string Location, string? Problem = null)
{
    private const int Days = 30;
    private const int MaxRuns = 1_000;

    /// <summary>Finds it.</summary>
    /// <param name="services">The services of the run.</param>
    /// <param name="request">The request of the run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was found.</returns>
    public static async Task<LastPlan> FindAsync(IServiceProvider services, BoundRequest request, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();
        var digest = GivenParameter.Digest(
            request.Job.Parameters.Resolve(request.Request.Parameters, services.GetRequiredService<IConfiguration>()));
        var query = new RunQuery
        {
            Job = request.Job.Name,
            Since = services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-Days),
        };
        try
        {
            var left = MaxRuns;
            await foreach (var run in history.ListAsync(query, cancellationToken))
            {
                if (run is { DryRun: true, Status: JobStatus.Planned } && run.ParametersDigest == digest)
                {
                    return new LastPlan(run, history.Location);
                }

                if (--left == 0)
                {
                    break;
                }
            }

            return new LastPlan(null, history.Location);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new LastPlan(null, history.Location, services.GetRequiredService<FailureClassifier>().Classify(exception).Message);
        }
    }

    /// <summary>Describes what the plan said and how old it is.</summary>
    /// <param name="now">The current time.</param>
    /// <returns>One sentence.</returns>
    public string Describe(DateTimeOffset now)
    {
        if (Problem is not null)
        {
            return $"unknown, because {Location} cannot be read: {Problem}";
        }

        if (Run is null)
        {
            return $"none with these parameters in the last {Days} days. --dry-run makes one";
        }

        var errors = Math.Max(Run.ItemErrorCount, Run.Errors.Count);
        return $"{Quantity.Count(Run.Changes.Proposed, "change")}"
            + (Run.Changes.Bytes > 0 ? $", {Quantity.Bytes(Run.Changes.Bytes)}" : string.Empty)
            + (errors > 0 ? $", {Quantity.Count(errors, "item error")}" : string.Empty)
            + $"; {Age(now - Run.StartedAt)} old (run {Run.RunId})";
    }

    private static string Age(TimeSpan age) => age.TotalMinutes < 1 ? "less than a minute"
        : age.TotalHours < 2 ? Quantity.Count((long)age.TotalMinutes, "minute")
        : age.TotalDays < 2 ? Quantity.Count((long)age.TotalHours, "hour")
        : Quantity.Count((long)age.TotalDays, "day");
}
