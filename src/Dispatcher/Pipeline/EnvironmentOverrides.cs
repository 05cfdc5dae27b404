using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Pipeline;

/// <summary>
/// Is what the environment decides for every run: <c>DRY_RUN=true</c> forces a dry run and no payload can undo it,
/// <c>MAX_CHANGES</c> limits what one run may change.
/// </summary>
internal readonly record struct EnvironmentOverrides(bool DryRun, long? MaxChanges)
{
    internal const string DryRunKey = "DRY_RUN";
    internal const string MaxChangesKey = "MAX_CHANGES";

    /// <summary>Reads the switches. A value that is not understood is a problem: it may have been meant to protect something.</summary>
    public static EnvironmentOverrides Read(IConfiguration configuration, ProblemList problems) =>
        new(ReadDryRun(configuration[DryRunKey], problems), ReadMaxChanges(configuration[MaxChangesKey], problems));

    /// <summary>Takes the smaller of the function's limit and the job's own.</summary>
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
