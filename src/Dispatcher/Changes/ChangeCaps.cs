using System.Globalization;
using Dispatcher.Limiting;
using Dispatcher.Text;

namespace Dispatcher.Changes;

/// <summary>
/// The limits that end a run: refuses changes beyond them or, in a dry run, keeps which ones a real run would reach. Not thread-safe: the
/// ledger calls it in its lock.
/// </summary>
internal sealed class ChangeCaps(string job, bool dryRun, LimitsInForce limits)
{
    /// <summary>Among fewer items, a share says nothing.</summary>
    internal const int MinExamined = 10;

    private SortedDictionary<int, string>? _notes;
    private long _examined;
    private long _examinedBefore;
    private bool _hasReported;

    /// <summary>Gets the most items that any attempt has examined: a later attempt does not find what an earlier one has removed.</summary>
    private long Examined => Math.Max(_examined, _examinedBefore);

    /// <summary>Adds items that the run has examined.</summary>
    public void AddExamined(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _examined = count > long.MaxValue - _examined ? long.MaxValue : _examined + count;
        _hasReported = true;
    }

    /// <summary>Begins the next attempt, which examines everything again.</summary>
    public void BeginAttempt()
    {
        (_examinedBefore, _examined) = (Examined, 0);
        if (dryRun)
        {
            _notes?.Clear();
        }
    }

    /// <summary>Gets sentences about the limits for the summary of the run, each with a space before it.</summary>
    public string Describe() => _notes is null ? string.Empty : string.Concat(_notes.Values);

    /// <summary>Refuses changes beyond a limit.</summary>
    /// <param name="made">What has been made or is in progress.</param>
    /// <param name="wanted">What is to be made.</param>
    /// <exception cref="ChangeLimitExceededException">The run would exceed a limit.</exception>
    public void Check(ChangeTally made, ChangeTally wanted)
    {
        foreach (var limit in limits.All)
        {
            if (limit.Kind == LimitKind.Percent)
            {
                CheckPercent(limit, made.Items, wanted.Items);
            }
            else if (limit.Kind == LimitKind.Changes && made.Changes + wanted.Changes > (long)limit.Value)
            {
                Stop(
                    limit,
                    (long)limit.Value,
                    $"may change at most {Number((long)limit.Value)} items in one run",
                    made.Changes == 0 ? null : $"has changed {Number(made.Changes)}",
                    $"wants to change {Number(wanted.Changes)}",
                    $"its limit of {Quantity.Count((long)limit.Value, "change")}");
            }
            else if (limit.Kind == LimitKind.Bytes && made.Bytes + wanted.Bytes > (long)limit.Value && wanted.Bytes > 0)
            {
                Stop(
                    limit,
                    (long)limit.Value,
                    $"may free at most {Number((long)limit.Value)} bytes in one run",
                    made.Bytes == 0 ? null : $"has freed {Number(made.Bytes)}",
                    $"wants to free {Number(wanted.Bytes)}",
                    $"its limit of {Number((long)limit.Value)} bytes");
            }
        }
    }

    private static string Number(decimal number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void CheckPercent(LimitInForce limit, decimal made, decimal wanted)
    {
        if (!_hasReported)
        {
            RefuseUnknownShare(limit);
            return;
        }

        var allowed = (long)decimal.Truncate(limit.Value * Examined / 100);
        if (wanted == 0 || Examined < MinExamined || made + wanted <= allowed)
        {
            return;
        }

        var share = string.Create(
            CultureInfo.InvariantCulture, $"{limit.Value:0.##########} % of the {Examined:N0} items that it examined");
        Stop(
            limit,
            allowed,
            $"may change at most {share} in one run, which is {Number(allowed)}",
            made == 0 ? null : $"has changed {Number(made)}",
            $"wants to change {Number(wanted)}",
            $"its limit of {share}");
    }

    /// <summary>
    /// A limit for all jobs does not concern a job that examines nothing; one that was given for such a job cannot be kept.
    /// </summary>
    private void RefuseUnknownShare(LimitInForce limit)
    {
        if (!limit.IsForThisJob)
        {
            Note(limit, $" {limit.Origin} was not applied, because the job does not report how many items it examines.");
            return;
        }

        var problem = $"the job has not reported how many items it examined, so {limit.Kind.Field} ({limit.Origin}) cannot be judged. "
            + "Remove this limit, or let the job call Changes.Examined before its first change";
        Note(limit, $" A real run would stop before its first change: {problem}.");
        if (!dryRun)
        {
            throw new PermanentJobException($"Nothing was changed: {problem}.");
        }
    }

    private void Stop(LimitInForce limit, long most, string rule, string? made, string wanted, string note)
    {
        var source = $"({limit.Kind.Field}: {limit.Origin})";
        if (dryRun)
        {
            (_notes ??= []).TryAdd(IndexOf(limit), $" A real run would stop at {note} {source}.");
            return;
        }

        var state = made is null
            ? $"and {wanted}. Nothing was changed."
            : $"but {made} and {wanted} more. What was done stays done.";
        throw new ChangeLimitExceededException(
            $"Job '{job}' {rule} {source}, {state} Look at the plan of a dry run; if it is right, {limit.Remedy}.",
            limit.Kind.Field,
            most);
    }

    private void Note(LimitInForce limit, string note) => (_notes ??= [])[IndexOf(limit)] = note;

    private int IndexOf(LimitInForce limit) => limits.All.TakeWhile(other => other != limit).Count();
}
