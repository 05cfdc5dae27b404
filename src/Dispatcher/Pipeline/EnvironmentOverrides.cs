using Dispatcher.Hosting;
using Dispatcher.Limiting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Pipeline;

/// <summary>
/// The settings of the environment that override every payload: <c>DRY_RUN=true</c> forces a dry run, and limits such as
/// <c>MAX_CHANGES</c> lower those of the payload.
/// </summary>
internal readonly record struct EnvironmentOverrides(bool DryRun, LimitsInForce Limits)
{
    internal const string DryRunKey = "DRY_RUN";

    /// <summary>Reads the settings. A value that cannot be read is a problem, because it was probably meant to prevent changes.</summary>
    public static EnvironmentOverrides Read(IConfiguration configuration, BoundRequest request, ProblemList problems) => new(
        ReadDryRun(configuration[DryRunKey], problems),
        LimitsInForce.Resolve(request.Job.Name, request.Job.Limits, request.Request.Limits, configuration, problems));

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
}
