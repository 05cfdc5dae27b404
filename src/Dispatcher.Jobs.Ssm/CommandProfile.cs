using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Aws;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ssm;

/// <summary>
/// A profile of the configuration with a payload on top. The profile alone decides what runs and where its output goes, because a command
/// runs as root. Of the instances, the limits, the comment and the wait, the payload may set what the profile leaves open.
/// </summary>
internal static class CommandProfile
{
    internal const string Section = "SsmCommands";

    // As for a payload, except that the names are cased as in configuration and numbers may be text.
    private static readonly SsmRunCommandJsonContext Contract = new(new JsonSerializerOptions(SsmRunCommandJsonContext.Default.Options)
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    });

    /// <summary>Reads the profile that a payload names, and adds what the payload may add.</summary>
    /// <exception cref="PermanentJobException">There is no such profile, or it cannot be run with that payload.</exception>
    public static SsmRunCommandParameters Merge(IConfiguration configuration, SsmRunCommandParameters payload, JobParameters parameters)
    {
        var profile = JobProfile.Read(
            configuration, Section, payload.Profile!, parameters, Contract.SsmRunCommandParameters, "Commands", ReadList);
        var values = new FixedValues($"{Section}:{payload.Profile}");
        var hasInstances = profile.InstanceIds is not null || profile.Targets is not null;
        var merged = profile with
        {
            Profile = null,
            InstanceIds = hasInstances ? values.Keep("instanceIds", profile.InstanceIds, payload.InstanceIds) : payload.InstanceIds,
            Targets = hasInstances ? values.Keep("targets", profile.Targets, payload.Targets) : payload.Targets,
            TimeoutSeconds = values.Pick("timeoutSeconds", profile.TimeoutSeconds, payload.TimeoutSeconds),
            ExecutionTimeoutSeconds = values.Pick(
                "executionTimeoutSeconds", profile.ExecutionTimeoutSeconds, payload.ExecutionTimeoutSeconds),
            MaxConcurrency = values.Pick("maxConcurrency", profile.MaxConcurrency, payload.MaxConcurrency),
            MaxErrors = values.Pick("maxErrors", profile.MaxErrors, payload.MaxErrors),
            Comment = values.Pick("comment", profile.Comment, payload.Comment),
            WaitForOutcome = values.Pick("waitForOutcome", profile.WaitForOutcome, payload.WaitForOutcome),
        };
        List<string> problems =
        [
            .. values.Problem is { } replaced ? [replaced] : Array.Empty<string>(),
            .. CommandValidator.ValidateValues(merged),
            .. CommandValidator.ValidateCommand(merged),
        ];
        if (problems.Count > 0)
        {
            throw new PermanentJobException([$"Profile '{payload.Profile}' cannot be run:", .. problems]);
        }

        if (!hasInstances)
        {
            CommandAllowList.EnsureTargetsAllowed(configuration, merged);
        }

        return merged;
    }

    /// <summary>A script may hold commas: its text is one line.</summary>
    private static string[]? ReadList(string name, string text) => name switch
    {
        "commands" => [text],
        "instanceIds" => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => null,
    };
}
