using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Limiting;

/// <summary>
/// The limits of one run. A job's own setting replaces the limit of the registration; the setting for all jobs and the payload can only
/// lower what results.
/// </summary>
internal sealed class LimitsInForce
{
    private readonly LimitInForce[] _limits;

    private LimitsInForce(LimitInForce[] limits, IReadOnlyList<string> notes)
    {
        _limits = limits;
        Notes = notes;
        Values = limits.Aggregate(ChangeLimits.None, static (values, limit) => limit.Kind.With(values, limit.Value));
    }

    /// <summary>Gets the limits that allow everything.</summary>
    public static LimitsInForce None { get; } = new([], []);

    /// <summary>Gets the limits that apply, in the order of the documentation.</summary>
    public IReadOnlyList<LimitInForce> All => _limits;

    /// <summary>Gets the limits without their sources.</summary>
    public ChangeLimits Values { get; }

    /// <summary>Gets a sentence about each limit of the payload that has no effect, because a smaller one applies.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Finds a limit.</summary>
    public LimitInForce? Find(LimitKind kind) => Array.Find(_limits, limit => limit.Kind == kind);

    /// <summary>Determines the limits of a run.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="registered">The limits of its registration.</param>
    /// <param name="requested">The limits of the payload.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="problems">
    /// Receives a problem for each setting that cannot be read. It counts as the smallest value, because it was meant to prevent changes.
    /// </param>
    public static LimitsInForce Resolve(
        string job, ChangeLimits registered, ChangeLimits requested, IConfiguration configuration, ICollection<string> problems)
    {
        var limits = new List<LimitInForce>();
        var notes = new List<string>();
        foreach (var kind in LimitKind.All)
        {
            if (Resolve(kind, job, registered, configuration, problems) is { } limit)
            {
                limits.Add(limit);
            }
        }

        foreach (var kind in LimitKind.All)
        {
            if (kind.Get(requested) is not { } asked)
            {
                continue;
            }

            var index = limits.FindIndex(limit => limit.Kind == kind);
            if (index < 0)
            {
                limits.Add(new LimitInForce(kind, asked, LimitSource.Payload, job));
            }
            else if (asked < limits[index].Value)
            {
                limits[index] = new LimitInForce(kind, asked, LimitSource.Payload, job);
            }
            else if (asked == limits[index].Value)
            {
                limits[index] = limits[index] with { IsForThisJob = true };
            }
            else
            {
                limits[index] = limits[index] with { IsForThisJob = true };
                notes.Add($"The payload's limits.{kind.Field} of {kind.Format(asked)} has no effect, because the limit is "
                    + $"{kind.Format(limits[index].Value)} ({limits[index].Origin}). A payload can only lower a limit.");
            }
        }

        return limits.Count == 0 ? None : new LimitsInForce([.. limits.OrderBy(static limit => IndexOf(limit.Kind))], notes);
    }

    private static LimitInForce? Resolve(
        LimitKind kind, string job, ChangeLimits registered, IConfiguration configuration, ICollection<string> problems)
    {
        var forJob = Read(kind, kind.SettingOf(job), configuration, problems) is { } replaced
            ? new LimitInForce(kind, replaced, LimitSource.JobSetting, job)
            : kind.Get(registered) is { } value ? new LimitInForce(kind, value, LimitSource.Registration, job) : null;
        if (Read(kind, kind.Setting, configuration, problems) is not { } global || global >= forJob?.Value)
        {
            return forJob;
        }

        var limit = new LimitInForce(kind, global, LimitSource.GlobalSetting, job);
        return forJob is null ? limit : limit with { IsForThisJob = true };
    }

    private static decimal? Read(LimitKind kind, string setting, IConfiguration configuration, ICollection<string> problems)
    {
        var text = configuration[setting];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (kind.TryParse(text, out var value))
        {
            return value;
        }

        problems.Add($"The environment variable {setting} is '{Redaction.Value(text)}'. Set it to {kind.Range}.");
        return 0;
    }

    private static int IndexOf(LimitKind kind) => LimitKind.All.TakeWhile(other => other != kind).Count();
}
