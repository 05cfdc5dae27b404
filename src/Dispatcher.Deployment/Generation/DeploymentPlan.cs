using Dispatcher.Deployment.Schedules;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>The deployments of all jobs, in the order of their registration.</summary>
internal sealed class DeploymentPlan
{
    /// <summary>The default of the parameter <c>NoSuccessHours</c>.</summary>
    private const int CommonHours = 48;

    /// <summary>The most hours that a CloudWatch alarm can look back.</summary>
    private const int MostHours = 168;

    /// <summary>The longest limit of the watch.</summary>
    private const int MostWatchDays = 420;

    private static readonly DateTimeOffset AnyMonday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<DeploymentDescription, ScheduleExpression> _schedules = [];

    /// <summary>Evaluates what the jobs declare.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="host">The service that evaluates the schedules.</param>
    /// <exception cref="InvalidSourceException">Declarations do not fit together; the message states all problems.</exception>
    public DeploymentPlan(IEnumerable<JobDescriptor> jobs, ExpressionHost host)
    {
        Deployments = [.. jobs.SelectMany(Describe)];
        Shared =
        [
            .. from deployment in Deployments
               from shared in deployment.Shared
               group (deployment, shared) by shared.Name into uses
               select new SharedUse(uses.First().shared, [.. uses.Select(use => use.deployment)]),
        ];
        string[] problems = [.. FindProblems(host)];
        if (problems.Length > 0)
        {
            throw new InvalidSourceException(string.Join(' ', problems));
        }
    }

    /// <summary>Gets the deployments.</summary>
    public IReadOnlyList<DeploymentDescription> Deployments { get; }

    /// <summary>Gets what they share.</summary>
    public IReadOnlyList<SharedUse> Shared { get; }

    /// <summary>
    /// Gets the required parameters of everything that is enabled by default. The rules of the stack would refuse an empty default.
    /// </summary>
    public IReadOnlySet<string> AskedParameters =>
        Deployments.Where(deployment => deployment.EnabledByDefault)
            .SelectMany(deployment => deployment.Required.Concat(deployment.Shared.SelectMany(shared => shared.Required)))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Gets the deployments of the same job.</summary>
    public IReadOnlyList<DeploymentDescription> OfJob(JobDescriptor job) => [.. Deployments.Where(other => other.Job == job)];

    /// <summary>Gets what is shared and has the deployment as its last user.</summary>
    public IEnumerable<SharedUse> EndingWith(DeploymentDescription deployment) => Shared.Where(use => use.Users[^1] == deployment);

    /// <summary>
    /// Determines whether an alarm can tell that a schedule has had no success: not if its runs are further apart than an alarm looks back.
    /// </summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="hours">The job's own number of hours; <see langword="null"/> if the common one suits its schedule.</param>
    public bool ExpectsSuccess(DeploymentDescription deployment, out int? hours)
    {
        hours = deployment.NoSuccessHours;
        if (!_schedules.TryGetValue(deployment, out var schedule))
        {
            return false;
        }

        if (hours is not null)
        {
            return true;
        }

        if (LongestPause(schedule) is not { } pause)
        {
            return false;
        }

        hours = pause.TotalHours >= CommonHours ? MostHours : null;
        return pause.TotalHours <= MostHours;
    }

    /// <summary>Computes the limit of the watch over the recorded runs, for a schedule that pauses for a week or longer.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <returns>
    /// The longest pause and a seventh of it, in whole days but in hours; <see langword="null"/> if an alarm of CloudWatch looks back
    /// far enough, or no success is expected again.
    /// </returns>
    public int? WatchHours(DeploymentDescription deployment) =>
        _schedules.TryGetValue(deployment, out var schedule) && LongestPause(schedule) is { TotalHours: >= MostHours } pause
            ? (int)Math.Min(MostWatchDays, Math.Ceiling(pause.TotalDays * 8 / 7)) * 24
            : null;

    private static TimeSpan? LongestPause(ScheduleExpression schedule)
    {
        List<DateTimeOffset> times = [.. schedule.After(AnyMonday, TimeZoneInfo.Utc, null).Select(fire => fire.At).Take(50)];
        return times.Count < 2 ? null : times.Zip(times.Skip(1), (first, second) => second - first).Max();
    }

    private static IReadOnlyList<DeploymentDescription> Describe(JobDescriptor job)
    {
        try
        {
            return job.DescribeDeployments();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new InvalidSourceException(exception.Message);
        }
    }

    private IEnumerable<string> FindProblems(ExpressionHost host)
    {
        foreach (var names in Deployments.GroupBy(deployment => deployment.Name).Where(names => names.Count() > 1))
        {
            yield return $"Two deployments have the name '{names.Key}': of {Jobs(names)}. Rename one: options.Deploy(\"…\", …).";
        }

        foreach (var prefixes in Deployments.GroupBy(deployment => deployment.Prefix).Where(prefixes => prefixes.Count() > 1))
        {
            yield return $"The logical ids of {Jobs(prefixes)} begin with '{prefixes.Key}'. Let one begin otherwise: deploy.As(\"…\").";
        }

        var findings = new FindingCollection();
        foreach (var deployment in Deployments.Where(deployment => deployment.Schedule is not null))
        {
            var reader = new ExpressionReader($"The schedule of {deployment.Name}", findings);
            if (reader.Read(deployment.Schedule!.Expression, host) is { } read)
            {
                _schedules[deployment] = read;
            }
        }

        foreach (var finding in findings.Where(finding => finding.Severity == Severity.Error))
        {
            yield return $"{finding.Resource}: {finding.Message}";
        }
    }

    private static string Jobs(IEnumerable<DeploymentDescription> deployments) =>
        string.Join(" and ", deployments.Select(deployment => $"'{deployment.Job.Name}'"));
}
