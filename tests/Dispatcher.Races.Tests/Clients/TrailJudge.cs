using Dispatcher.Hosting;
using Dispatcher.Races.Tests.World;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>Compares the audit trail of a process with what the services executed for it.</summary>
internal static class TrailJudge
{
    /// <summary>
    /// Lists the lines that are untrue or missing. After a lost answer nobody can tell whether a change was this process's or another's, so
    /// that such changes may be interrupted, and a change that another process made at that moment may count as this one's.
    /// </summary>
    public static IEnumerable<string> UntrueLines(CleanupRunner runner, CleanupWorld world, bool hasFaults)
    {
        var executed = world.Aws.Mutations.Where(mutation => mutation.Call.Caller == runner.Caller).ToList();
        var applied = runner.Trail.ChangesThatAre(AuditOutcome.Applied).ToList();
        List<string> told = [.. runner.Trail.ChangesThatAre(runner.Caller.IsKilled ? AuditOutcome.Intended : AuditOutcome.Applied)];
        if (hasFaults && !runner.Caller.IsKilled)
        {
            told.AddRange(runner.Trail.ChangesThatAre(AuditOutcome.Interrupted));
        }

        foreach (var mutation in executed.Where(mutation => !told.Remove($"{mutation.Operation} {mutation.Target}")))
        {
            yield return $"executed, not in the trail: {mutation}";
        }

        executed.ForEach(mutation => applied.Remove($"{mutation.Operation} {mutation.Target}"));

        // A tag that two write at the same moment changes nothing the second time.
        foreach (var change in applied.Where(change =>
            !change.StartsWith("s3:PutObjectTagging", StringComparison.Ordinal) && !(hasFaults && WasMadeByAnother(change, runner, world))))
        {
            yield return $"{runner.Caller}: applied in the trail, not executed: {change}";
        }

        foreach (var change in runner.Trail.ChangesWithSeveralOutcomes())
        {
            yield return $"{runner.Caller}: more outcomes than intents: {change}";
        }

        foreach (var change in runner.Caller.IsKilled ? [] : runner.Trail.ChangesWithoutOutcome())
        {
            yield return $"{runner.Caller}: an intent without an outcome, although it was not killed: {change}";
        }
    }

    private static bool WasMadeByAnother(string change, CleanupRunner runner, CleanupWorld world) => world.Aws.Mutations.Any(mutation =>
        mutation.Call.Caller != runner.Caller && $"{mutation.Operation} {mutation.Target}" == change);
}
