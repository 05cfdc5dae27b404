using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The rules that no single parameter shows: which of them go together.</summary>
internal static partial class CommandValidator
{
    private const int MaxInstances = 50;
    private const int MaxTargets = 5;
    private const int MaxValues = 50;

    /// <summary>Returns everything that is wrong with a command that a payload describes.</summary>
    public static IEnumerable<string> Validate(SsmRunCommandParameters parameters) =>
    [
        .. ValidateCommand(parameters),
        .. If(
            parameters.OutputS3BucketName is not null || parameters.OutputS3KeyPrefix is not null,
            "Parameters 'outputS3BucketName' and 'outputS3KeyPrefix' say where the output goes, which only a profile may do. "
            + "Set them in SsmCommands:NAME, and name it in 'profile'."),
    ];

    /// <summary>Returns everything that is wrong with the parameters beside the name of a profile.</summary>
    public static IEnumerable<string> ValidateBesideProfile(SsmRunCommandParameters parameters)
    {
        (string Name, object? Value)[] reserved =
        [
            ("document", parameters.Document), ("documentVersion", parameters.DocumentVersion), ("commands", parameters.Commands),
            ("parameters", parameters.Parameters), ("outputS3BucketName", parameters.OutputS3BucketName),
            ("outputS3KeyPrefix", parameters.OutputS3KeyPrefix),
        ];
        var given = string.Join(", ", reserved.Where(field => field.Value is not null).Select(field => $"'{field.Name}'"));
        return If(
            given.Length > 0,
            $"Parameter {given} cannot be given beside 'profile': the profile alone decides what runs. "
            + $"Set it in {CommandProfile.Section}:{parameters.Profile}, or leave out 'profile'.").Concat(ValidateInstances(parameters));
    }

    /// <summary>Returns everything that is wrong with a complete command.</summary>
    public static IEnumerable<string> ValidateCommand(SsmRunCommandParameters parameters) =>
    [
        .. If(
            IsScript(parameters) && parameters.Commands is not { Count: > 0 } && parameters.Parameters?.ContainsKey("commands") != true,
            $"Parameter 'commands' is missing: {CommandRequestFactory.DocumentOf(parameters)} runs them. "
            + "Give the lines of the script, or name a profile in 'profile'."),
        .. If(
            parameters is { Commands: not null, Parameters: { } others } && others.ContainsKey("commands"),
            "Parameters 'commands' and 'parameters.commands' are the same. Give one of them."),
        .. If(
            parameters is { ExecutionTimeoutSeconds: not null, Parameters: { } more } && more.ContainsKey("executionTimeout"),
            "Parameters 'executionTimeoutSeconds' and 'parameters.executionTimeout' are the same. Give one of them."),
        .. If(
            parameters.InstanceIds is null && parameters.Targets is null,
            "No instances are named. Give 'instanceIds', or 'targets' with a tag."),
        .. ValidateInstances(parameters),
    ];

    /// <summary>Returns what is wrong with single values of a profile, which attributes do not reach.</summary>
    public static IEnumerable<string> ValidateValues(SsmRunCommandParameters parameters) =>
    [
        .. If(
            parameters.TimeoutSeconds is < 30 or > 2_592_000,
            $"'timeoutSeconds' is {parameters.TimeoutSeconds}: it must be from 30 to 2592000."),
        .. If(
            parameters.ExecutionTimeoutSeconds is < 1 or > 172_800,
            $"'executionTimeoutSeconds' is {parameters.ExecutionTimeoutSeconds}: it must be from 1 to 172800."),
        .. If(parameters.Comment is { Length: 0 or > 60 }, $"'comment' has {parameters.Comment?.Length} characters. Give 1 to 60."),
    ];

    private static bool IsScript(SsmRunCommandParameters parameters) =>
        CommandRequestFactory.DocumentOf(parameters) is "AWS-RunShellScript" or "AWS-RunPowerShellScript";

    private static IEnumerable<string> ValidateInstances(SsmRunCommandParameters parameters) =>
    [
        .. If(
            parameters is { InstanceIds: not null, Targets: not null },
            "Parameters 'instanceIds' and 'targets' both name the instances. Give one of them."),
        .. If(
            parameters.InstanceIds is { Count: 0 or > MaxInstances },
            $"Parameter 'instanceIds' holds {parameters.InstanceIds?.Count} ids. Give 1 to {MaxInstances}, or a tag in 'targets'."),
        .. (parameters.InstanceIds ?? []).Where(id => !InstanceId().IsMatch(id)).Select(id =>
            $"Parameter 'instanceIds' holds '{Redaction.Value(id)}', but an id is i- with 8 or 17 digits from 0 to f, or mi- with 17."),
        .. If(
            parameters.Targets is { Count: 0 or > MaxTargets },
            $"Parameter 'targets' holds {parameters.Targets?.Count} tags. Give 1 to {MaxTargets}."),
        .. (parameters.Targets ?? []).Where(target => !TagKey().IsMatch(target.Key)).Select(target =>
            $"Target '{Redaction.Value(target.Key)}' is not a tag. Give a key such as tag:Role."),
        .. (parameters.Targets ?? []).Where(target => target.Values.Count is 0 or > MaxValues).Select(target =>
            $"Target '{Redaction.Value(target.Key)}' has {target.Values.Count} values. Give 1 to {MaxValues}."),
    ];

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];

    [GeneratedRegex(@"^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex InstanceId();

    [GeneratedRegex(@"^tag:[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}\z")]
    private static partial Regex TagKey();
}
