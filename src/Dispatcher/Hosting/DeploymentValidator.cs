using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>A check of what a job declares for its deployment.</summary>
internal sealed partial class DeploymentValidator
{
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _parameters = [];
    private readonly HashSet<string> _conditions = [];

    /// <summary>Checks a description.</summary>
    /// <exception cref="InvalidOperationException">It is invalid; the message states all problems.</exception>
    public static void Validate(DeploymentDescription description)
    {
        var validator = new DeploymentValidator();
        validator.Check(description);
        if (validator._problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"The deployment '{description.Name}' of job '{description.Job.Name}' is invalid: {string.Join(' ', validator._problems)}");
        }
    }

    private void Check(DeploymentDescription description)
    {
        DeploymentNeeds[] all = [description, .. description.Shared];
        _parameters.UnionWith([description.EnabledParameter, description.ScheduleParameter]);
        foreach (var needs in all)
        {
            CheckId(needs.Prefix, "the beginning of logical ids: call As");
            CheckId(needs.Condition, "the name of a condition");
            _parameters.UnionWith(needs.Parameters.Select(parameter => parameter.Name));
            _conditions.UnionWith(needs.Conditions.Select(condition => condition.Name));
        }

        foreach (var needs in all)
        {
            CheckNeeds(needs);
        }

        CheckPayload(description.Schedule?.Parameters);
        CheckTask(description);
        foreach (var declared in description.Events)
        {
            CheckId(declared.Name, "the name of an event");
            CheckText(declared.Bus);
            CheckJson(declared.Detail, $"The pattern of the event {declared.Name}");
        }
    }

    private void CheckNeeds(DeploymentNeeds needs)
    {
        foreach (var parameter in needs.Parameters)
        {
            CheckId(parameter.Name, "the name of a parameter");
        }

        foreach (var condition in needs.Conditions)
        {
            CheckId(condition.Name, "the name of a condition");
            CheckParameter(condition.Parameter);
        }

        foreach (var setting in needs.Settings)
        {
            if (!Variable().IsMatch(setting.Name))
            {
                _problems.Add($"'{setting.Name}' is not the name of an environment variable of Lambda. "
                    + "Use letters, digits and '_', at least two of them, with a letter first.");
            }

            CheckText(setting.Text);
            CheckText(setting.Otherwise);
            CheckText(setting.WhileDisabled);
            CheckCondition(setting.When);
        }

        needs.Layers.ToList().ForEach(CheckText);
        needs.Required.ToList().ForEach(CheckParameter);
        needs.Permissions.ToList().ForEach(CheckPermission);
    }

    private void CheckPermission(JobPermission permission)
    {
        foreach (var text in permission.Resources.Concat(permission.Conditions.Select(condition => condition.Value)))
        {
            CheckText(text);
        }

        if (permission.Resources.Count == 0 || permission.Actions.Count == 0)
        {
            _problems.Add("A permission has no resource or no action. Give at least one of each.");
        }

        foreach (var action in permission.Actions.Where(action => !Action().IsMatch(action)))
        {
            _problems.Add($"'{action}' is not an action of IAM. Write the service and the action, such as s3:GetObject.");
        }

        if (permission.Sid is { } sid)
        {
            CheckId(sid, "the id of a permission");
        }

        CheckCondition(permission.When);
        CheckCondition(permission.Unless);
    }

    private void CheckTask(DeploymentDescription description)
    {
        CheckText(description.Task);
        if (description.Task is { } task && description.Job.TaskParameter is null)
        {
            _problems.Add($"It has the task '{task}', but the runs of '{description.Job.Name}' have none. Set options.TaskParameter, or "
                + "remove the call of Task.");
        }
    }

    private void CheckPayload(string? parameters)
    {
        CheckText(parameters);
        if (CheckJson(parameters, "The parameters of the schedule") is { } kind && kind != JsonValueKind.Object)
        {
            _problems.Add($"The parameters of the schedule are {parameters}. Write a JSON object.");
        }
    }

    private JsonValueKind? CheckJson(string? text, string what)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind;
        }
        catch (JsonException)
        {
            _problems.Add($"{what} is not JSON: {UnreadableJson.Explain(Encoding.UTF8.GetBytes(text))}.");
            return null;
        }
    }

    private void CheckText(string? text)
    {
        foreach (Match placeholder in Placeholder().Matches(text ?? string.Empty))
        {
            CheckParameter(placeholder.Groups["name"].Value);
        }
    }

    private void CheckParameter(string name)
    {
        if (!name.StartsWith("AWS::", StringComparison.Ordinal) && !_parameters.Contains(name))
        {
            _problems.Add($"It names the parameter '{name}', which it does not declare.{SpellingSuggester.DidYouMean(name, _parameters)} "
                + "Declare it with Setting or Parameter.");
        }
    }

    private void CheckCondition(string? name)
    {
        if (name is not null && !_conditions.Contains(name))
        {
            _problems.Add($"It names the condition '{name}', which it does not declare.{SpellingSuggester.DidYouMean(name, _conditions)} "
                + "Declare it with Condition.");
        }
    }

    private void CheckId(string name, string what)
    {
        if (!Id().IsMatch(name))
        {
            _problems.Add($"'{name}' cannot be {what}. Use letters and digits, with a letter first.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{0,199}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]+\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[a-z0-9-]+:[A-Za-z0-9*?]+\z")]
    private static partial Regex Action();

    [GeneratedRegex(@"\$\{(?<name>[^!}][^}]*)\}")]
    private static partial Regex Placeholder();
}
