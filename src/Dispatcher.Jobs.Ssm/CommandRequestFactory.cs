using System.Globalization;
using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;

namespace Dispatcher.Jobs.Ssm;

/// <summary>Functions that create the request, the same each time that the run's slot is delivered.</summary>
internal static class CommandRequestFactory
{
    private const int MaxComment = 60;

    /// <summary>Returns the document that the command runs.</summary>
    public static string DocumentOf(SsmRunCommandParameters parameters) => parameters.Document ?? "AWS-RunShellScript";

    /// <summary>Returns the instances as the allow-list names them: ids, and <c>tag:NAME=VALUE</c>.</summary>
    public static IEnumerable<string> TargetNamesOf(SsmRunCommandParameters parameters) =>
        (parameters.InstanceIds ?? []).Concat(
            (parameters.Targets ?? []).SelectMany(target => target.Values.Select(value => $"{target.Key}={value}")));

    /// <summary>
    /// Returns the end of the comment, by which a later delivery of the slot finds the command: SendCommand has no token that would make a
    /// repeated call harmless. Two schedules may share a slot, so the id includes their payloads.
    /// </summary>
    public static string MarkerOf(JobContext context) => DeterministicGuid.Create(
        context.Job,
        context.Slot,
        context.Parameters.ValueKind == JsonValueKind.Undefined ? string.Empty : context.Parameters.GetRawText()).ToString();

    /// <summary>Creates the request.</summary>
    public static SendCommandRequest Create(SsmRunCommandParameters parameters, JobContext context)
    {
        var comment = parameters.Comment ?? context.Job;
        return new SendCommandRequest
        {
            DocumentName = DocumentOf(parameters),
            DocumentVersion = parameters.DocumentVersion,
            Parameters = CreateParameters(parameters),
            InstanceIds = parameters.InstanceIds?.ToList(),
            Targets = parameters.Targets?.Select(target => new Target { Key = target.Key, Values = [.. target.Values] }).ToList(),
            TimeoutSeconds = parameters.TimeoutSeconds,
            MaxConcurrency = parameters.MaxConcurrency,
            MaxErrors = parameters.MaxErrors,
            OutputS3BucketName = parameters.OutputS3BucketName,
            OutputS3KeyPrefix = parameters.OutputS3KeyPrefix,
            Comment = $"{comment[..Math.Min(comment.Length, MaxComment)]} {MarkerOf(context)}",
        };
    }

    private static Dictionary<string, List<string>>? CreateParameters(SsmRunCommandParameters parameters)
    {
        var values = (parameters.Parameters ?? new Dictionary<string, IReadOnlyList<string>>())
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToList(), StringComparer.Ordinal);
        if (parameters.Commands is { } commands)
        {
            values["commands"] = [.. commands];
        }

        if (parameters.ExecutionTimeoutSeconds is { } seconds)
        {
            values["executionTimeout"] = [seconds.ToString(CultureInfo.InvariantCulture)];
        }

        return values.Count == 0 ? null : values;
    }
}
