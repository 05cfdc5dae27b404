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
    public LimitInForce? Find(LimitKind kind)
    {
        foreach (var limit in _limits)
        {
            if (limit.Kind == kind)
            {
                return limit;
            }
        }

        return null;
    }

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
        List<LimitInForce>? limits = null;
        List<string>? notes = null;
        foreach (var kind in LimitKind.All)
        {
            if (Resolve(kind, job, registered, configuration, problems) is { } limit)
            {
                (limits ??= []).Add(limit);
            }
        }

        foreach (var kind in LimitKind.All)
        {
            if (kind.Get(requested) is { } asked && Lower(limits ??= [], kind, asked, job) is { } note)
            {
                (notes ??= []).Add(note);
            }
        }

        return limits is null ? None : new LimitsInForce([.. limits.OrderBy(static limit => IndexOf(limit.Kind))], notes ?? []);
    }

    /// <summary>Lowers a limit to that of a payload.</summary>
    /// <returns>A note, if the payload's has no effect.</returns>
    private static string? Lower(List<LimitInForce> limits, LimitKind kind, decimal asked, string job)
    {
        var index = limits.FindIndex(limit => limit.Kind == kind);
        if (index < 0)
        {
            limits.Add(new LimitInForce(kind, asked, LimitSource.Payload, job));
            return null;
        }

        if (asked < limits[index].Value)
        {
            limits[index] = new LimitInForce(kind, asked, LimitSource.Payload, job);
            return null;
        }

        limits[index] = limits[index] with { IsForThisJob = true };
        return asked == limits[index].Value
            ? null
            : $"The payload's limits.{kind.Field} of {kind.Format(asked)} has no effect, because the limit is "
                + $"{kind.Format(limits[index].Value)} ({limits[index].Origin}). A payload can only lower a limit.";
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
