using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Reporting.Status;

/// <summary>
/// The settings of the watch over jobs, in the configuration section <c>Watch</c>: <c>Watch:rotate_logs:MaxHours</c> for a job, and
/// <c>Watch:NAME:Job</c>, <c>:Task</c> and <c>:MaxHours</c> for a task of a job.
/// </summary>
/// <param name="Limits">The limits.</param>
/// <param name="ByRhythm">Whether jobs without a limit are judged by the rhythm of their runs.</param>
public sealed record WatchSettings(IReadOnlyList<SuccessLimit> Limits, bool ByRhythm)
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Watch";

    /// <summary>The most hours of a limit: 420 days.</summary>
    public const int MaxHours = 10_080;

    private const string RhythmKey = "Rhythm";
    private const string JobKey = "Job";
    private const string TaskKey = "Task";
    private const string HoursKey = "MaxHours";

    private static readonly string[] Keys = [JobKey, TaskKey, HoursKey];

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="registry">The registered jobs.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="JobRequestException">A setting is invalid; the exception has all problems.</exception>
    public static WatchSettings Read(IConfiguration configuration, JobRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(registry);
        var problems = new ProblemList();
        var byRhythm = true;
        var limits = new List<SuccessLimit>();
        foreach (var section in configuration.GetSection(SectionName).GetChildren())
        {
            if (section.Value is not null && section.Key.Equals(RhythmKey, StringComparison.OrdinalIgnoreCase))
            {
                byRhythm = ReadFlag(section, problems);
            }
            else if (Read(section, registry, problems) is { } limit)
            {
                limits.Add(limit);
            }
        }

        problems.ThrowIfAny();
        return new WatchSettings([.. limits.OrderBy(static limit => limit.Setting, StringComparer.Ordinal)], byRhythm);
    }

    private static bool ReadFlag(IConfigurationSection section, ProblemList problems)
    {
        if (!bool.TryParse(section.Value, out var flag))
        {
            problems.Add($"The setting {section.Path} is '{Redaction.Value(section.Value!)}'. Set it to true or false.");
        }

        return flag;
    }

    private static SuccessLimit? Read(IConfigurationSection section, JobRegistry registry, ProblemList problems)
    {
        var before = problems.Count;
        foreach (var child in section.GetChildren().Where(static child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"The setting {child.Path} is unknown.{SpellingSuggester.DidYouMean(child.Key, Keys)} "
                + $"Settings of a limit: {string.Join(", ", Keys)}.");
        }

        // The name of an environment variable has no hyphens.
        var job = section[JobKey] is { Length: > 0 } given ? given : section.Key.Replace('_', '-').ToLowerInvariant();
        if (!registry.TryFind(job, out var descriptor))
        {
            problems.Add($"The setting {section.Path} is about the job '{Redaction.Value(job)}'. {registry.DescribeMissing(job)} "
                + $"Set {section.Path}:{JobKey} to the name of the job.");
        }

        var task = section[TaskKey] is { Length: > 0 } named ? named : null;
        if (task is not null && descriptor is { TaskParameter: null })
        {
            problems.Add($"The setting {section.Path}:{TaskKey} is '{Redaction.Value(task)}', but the runs of '{job}' have no tasks. "
                + "Remove it.");
        }

        if (!int.TryParse(section[HoursKey], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours is < 1 or > MaxHours)
        {
            problems.Add(section[HoursKey] is { Length: > 0 } text
                ? $"The setting {section.Path}:{HoursKey} is '{Redaction.Value(text)}'. Set it to a whole number of hours from 1 to "
                    + $"{Quantity.Number(MaxHours)}."
                : $"The setting {section.Path}:{HoursKey} is missing. Set it to the hours that '{job}' may be without a success.");
        }

        return problems.Count > before ? null : new SuccessLimit(job, task, TimeSpan.FromHours(hours), $"{section.Path}:{HoursKey}");
    }
}
