using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Pipeline;

/// <summary>
/// The settings of the environment that override every payload: <c>DRY_RUN=true</c> forces a dry run, and <c>MAX_CHANGES</c> limits the
/// changes of one run.
/// </summary>
internal readonly record struct EnvironmentOverrides(bool DryRun, long? MaxChanges)
{
    internal const string DryRunKey = "DRY_RUN";
    internal const string MaxChangesKey = "MAX_CHANGES";

    /// <summary>Reads the settings. A value that cannot be read is a problem, because it was probably meant to prevent changes.</summary>
    public static EnvironmentOverrides Read(IConfiguration configuration, ProblemList problems) =>
        new(ReadDryRun(configuration[DryRunKey], problems), ReadMaxChanges(configuration[MaxChangesKey], problems));

    /// <summary>Returns the smaller one of the function's limit and the job's own.</summary>
    public long? LimitFor(JobDescriptor job) =>
        (MaxChanges, job.MaxChanges) switch
        {
            ({ } ours, { } theirs) => Math.Min(ours, theirs),
            var (ours, theirs) => ours ?? theirs,
        };

    private static bool ReadDryRun(string? text, ProblemList problems)
    {
        switch (text?.Trim().ToUpperInvariant())
        {
            case null or "" or "FALSE" or "0":
                return false;
            case "TRUE" or "1":
                return true;
            default:
                problems.Add($"The environment variable {DryRunKey} is '{Redaction.Value(text)}'. Set it to true or false.");
                return true;
        }
    }

    private static long? ReadMaxChanges(string? text, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
        {
            return limit;
        }

        problems.Add($"The environment variable {MaxChangesKey} is '{Redaction.Value(text)}'. Set it to a whole number from 0.");
        return 0;
    }
}
