using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// The descriptions of alarms, which messages about them quote: what happened, the runbook, a command to run, and a query of the log in the
/// console.
/// </summary>
/// <param name="tool">The name of the tool.</param>
internal sealed class AlarmText(string tool)
{
    /// <summary>CloudWatch accepts as many characters, after the parameters are put in.</summary>
    private const int MaxLength = 1024;

    /// <summary>The longest values: a region, the address of the runbook, and the log group of the longest stack name.</summary>
    private const int LongestValues = 14 + 200 + 150;

    /// <summary>The heading of the runbook that describes the alarms.</summary>
    private const string Heading = "alarms";

    private const string LogFields = "fields @timestamp,level,message|";
    private const string Newest = "|sort @timestamp desc";
    private const int Day = 86_400;

    /// <summary>Creates the description of a job's alarm.</summary>
    /// <param name="text">What happened, in one sentence.</param>
    /// <param name="job">The job.</param>
    /// <param name="onlyFailed">Whether the failed runs are those to look at.</param>
    /// <param name="days">How far back the log is searched.</param>
    /// <returns>The description, whose parameters CloudFormation puts in.</returns>
    public JsonObject Create(string text, string job, bool onlyFailed = false, int days = 1) =>
        Create(text, $"history {job}{(onlyFailed ? " --status failed" : string.Empty)}", $"filter job=\"{job}\"", days);

    /// <summary>Completes the descriptions of the alarms that watch no job but the function and its queues.</summary>
    /// <param name="template">The template.</param>
    public void Complete(GeneratedTemplate template)
    {
        foreach (var resource in template.Resources.Select(resource => resource.Value!.AsObject()))
        {
            if ((string?)resource["Type"] == "AWS::CloudWatch::Alarm"
                && resource["Properties"] is JsonObject { } properties
                && properties["AlarmDescription"] is JsonValue text)
            {
                var command = (properties["Namespace"], (string?)properties["MetricName"]) switch
                {
                    (_, "OverdueJobs") => "status",
                    (JsonValue place, _) when (string?)place == "AWS/SQS" => "redrive",
                    _ => "history --status failed",
                };
                properties["AlarmDescription"] = Create((string)text!, command, "filter level in [\"ERROR\",\"Error\"]", 1);
            }
        }
    }

    private JsonObject Create(string text, string command, string filter, int days)
    {
        string[] lines =
        [
            text.Replace("${", "${!", StringComparison.Ordinal),
            $"Runbook: ${{RunbookUrl}}#{Heading}",
            .. tool.Length > 0 ? [$"Command: {tool} {command}"] : Array.Empty<string>(),
            $"Log: {Link(LogFields + filter + Newest, days)}",
        ];
        var description = string.Join('\n', lines);
        return description.Length + LongestValues <= MaxLength ? CloudFormation.Sub(description) : throw new InvalidSourceException(
            $"The description of an alarm is {description.Length + LongestValues - MaxLength} characters too long: '{text}'. Shorten it.");
    }

    /// <summary>
    /// Creates the address of a query. The console encodes it in its own way: the texts as in a URL, with '*' for '%'; around them
    /// '~', '(', ')' and ''' twice as in a URL, with '$' for '%'.
    /// </summary>
    private static string Link(string query, int days) =>
        "https://console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#logsV2:logs-insights$3FqueryDetail$3D"
        + Encode($"~(end~0~start~-{days * Day}~timeType~'RELATIVE~unit~'seconds~editorString~'")
        + Uri.EscapeDataString(query).Replace('%', '*') + Encode("~source~(~'") + "${LogGroup}" + Encode("))");

    private static string Encode(string structure) => structure
        .Replace("~", "$257E", StringComparison.Ordinal)
        .Replace("(", "$2528", StringComparison.Ordinal)
        .Replace(")", "$2529", StringComparison.Ordinal)
        .Replace("'", "$2527", StringComparison.Ordinal);
}
