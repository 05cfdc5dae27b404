using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Deployment.Templates;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>
/// A validator that checks the properties of an <c>AWS::Scheduler::Schedule</c> that its trigger does not consist of. See
/// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html.
/// </summary>
/// <param name="resource">The schedule.</param>
/// <param name="findings">Receives every problem.</param>
internal sealed partial class SchedulerValidator(string resource, FindingCollection findings)
{
    private static readonly string[] Properties =
    [
        "Description", "EndDate", "FlexibleTimeWindow", "GroupName", "KmsKeyArn", "Name", "ScheduleExpression",
        "ScheduleExpressionTimezone", "StartDate", "State", "Target",
    ];

    /// <summary>Checks a schedule.</summary>
    /// <param name="schedule">Its properties.</param>
    public void Check(JsonObject schedule)
    {
        CheckNames(schedule);
        CheckWindow(schedule["FlexibleTimeWindow"]);
        CheckTarget(schedule["Target"]);
        CheckOneOf("State", schedule["State"], "ENABLED", "DISABLED");
    }

    /// <summary>Checks the values that SAM's <c>ScheduleV2</c> shares; SAM has defaults for what is missing.</summary>
    /// <param name="properties">The properties of the event.</param>
    public void CheckEvent(JsonObject properties)
    {
        if (properties["FlexibleTimeWindow"] is { } window)
        {
            CheckWindow(window);
        }

        CheckRole("RoleArn", properties["RoleArn"]);
        CheckRetries(properties["RetryPolicy"]);
        CheckOneOf("State", properties["State"], "ENABLED", "DISABLED");
    }

    /// <summary>A misspelt time zone would be UTC without a word; CloudFormation refuses it.</summary>
    private void CheckNames(JsonObject schedule)
    {
        foreach (var (name, _) in schedule)
        {
            if (!Properties.Contains(name) && SpellingSuggester.DidYouMean(name, Properties) is { Length: > 0 } hint)
            {
                findings.Error(resource, $"A schedule has no property '{PayloadText.Shorten(name)}'.{hint}");
            }
        }
    }

    private void CheckWindow(JsonNode? window)
    {
        if (window is null)
        {
            findings.Error(resource, "FlexibleTimeWindow is missing. Write {\"Mode\":\"OFF\"}, or FLEXIBLE with MaximumWindowInMinutes.");
            return;
        }

        if (IsUnknown(window))
        {
            return;
        }

        var mode = window.Field("Mode");
        var minutes = window.Field("MaximumWindowInMinutes");
        if (mode is null)
        {
            findings.Error(resource, "FlexibleTimeWindow has no Mode. Write OFF, or FLEXIBLE with MaximumWindowInMinutes.");
        }
        else if (mode.Text() == "FLEXIBLE" && minutes is null)
        {
            findings.Error(resource, "FlexibleTimeWindow is FLEXIBLE without MaximumWindowInMinutes. Write 1 to 1440.");
        }
        else if (mode.Text() == "OFF" && minutes is not null)
        {
            findings.Warning(resource, "FlexibleTimeWindow is OFF: MaximumWindowInMinutes has no effect. Remove it, or write FLEXIBLE.");
        }
        else
        {
            CheckOneOf("FlexibleTimeWindow.Mode", mode, "OFF", "FLEXIBLE");
            CheckRange("FlexibleTimeWindow.MaximumWindowInMinutes", minutes, 1, 1440);
        }
    }

    private void CheckTarget(JsonNode? target)
    {
        if (target is null || IsUnknown(target))
        {
            return;
        }

        if (target.Field("RoleArn") is not { } role)
        {
            findings.Error(
                resource,
                "Its target has no RoleArn, and EventBridge Scheduler invokes nothing without a role. Name one that may call "
                    + "lambda:InvokeFunction.");
            return;
        }

        CheckRole("Target.RoleArn", role);
        CheckRetries(target.Field("RetryPolicy"));
    }

    private void CheckRole(string name, JsonNode? role)
    {
        if (role is not null && !IsUnknown(role) && !RoleArn().IsMatch(role.Text() ?? string.Empty))
        {
            findings.Error(
                resource,
                $"{name} is '{PayloadText.Shorten(role.Text() ?? string.Empty)}', which is not the address of a role. Write "
                    + "{\"Fn::GetAtt\":[\"ROLE\",\"Arn\"]}.");
        }
    }

    private void CheckRetries(JsonNode? policy)
    {
        CheckRange("RetryPolicy.MaximumEventAgeInSeconds", policy.Field("MaximumEventAgeInSeconds"), 60, 86_400);
        CheckRange("RetryPolicy.MaximumRetryAttempts", policy.Field("MaximumRetryAttempts"), 0, 185);
    }

    private void CheckRange(string name, JsonNode? value, int least, int most)
    {
        if (value is not null && !IsUnknown(value) && !(value.Number() is { } number && number >= least && number <= most))
        {
            findings.Error(resource, $"{name} is '{PayloadText.Shorten(value.Text() ?? string.Empty)}'. Write {least} to {most}.");
        }
    }

    private void CheckOneOf(string name, JsonNode? value, params string[] allowed)
    {
        if (value is not null && !IsUnknown(value) && value.Text() is var text && !allowed.Contains(text))
        {
            // YAML 1.1 reads OFF without quotes as a boolean.
            var word = value.GetValueKind() == JsonValueKind.False ? "OFF" : null;
            findings.Error(
                resource,
                allowed.Contains(word)
                    ? $"{name} is the boolean false, which YAML reads in {word} without quotes. Quote it: '{word}'."
                    : $"{name} is '{PayloadText.Shorten(text ?? string.Empty)}'. Write {string.Join(" or ", allowed)}.");
        }
    }

    private static bool IsUnknown(JsonNode value) => value is JsonValue && TemplateNames.IsUnknown(value.Text());

    [GeneratedRegex(@"^arn:[a-z-]+:iam::[0-9]{12}:role/.+")]
    private static partial Regex RoleArn();
}
