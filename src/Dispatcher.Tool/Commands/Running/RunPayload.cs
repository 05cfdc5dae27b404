using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The payload built from a command line. It passes the same checks as a payload from EventBridge.</summary>
internal static class RunPayload
{
    /// <summary>Creates the payload.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="registry">The registry, which defines the parameters' types.</param>
    /// <returns>The payload; the reader has still to check it.</returns>
    /// <exception cref="BadInputException">A <c>-p</c> or the file cannot be used.</exception>
    public static JsonElement Create(RunArguments arguments, JobRegistry registry)
    {
        var payload = new JsonObject { ["job"] = arguments.Job };
        if (arguments.DryRun)
        {
            payload["dryRun"] = true;
        }

        if (arguments.Shards is { } shards)
        {
            // The shards find each other by the slot.
            payload["id"] = $"local-{Guid.CreateVersion7()}";
            payload["shards"] = shards;
        }

        if (arguments.Plan is { } plan)
        {
            payload["plan"] = plan;
        }

        var parameters = arguments.ParametersFile is { } file ? ReadFile(file) : [];
        registry.TryFind(arguments.Job, out var job);
        foreach (var (name, text) in ReadAssignments(arguments.Assignments))
        {
            parameters[name] = job is null ? JsonValue.Create(text) : job.Parameters.FromText(name, text);
        }

        if (parameters.Count > 0)
        {
            payload["parameters"] = parameters;
        }

        if (arguments.Limits.Count > 0)
        {
            payload["limits"] = LimitOptions.ToJson(arguments.Limits);
        }

        return JobRequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload));
    }

    private static Dictionary<string, string> ReadAssignments(IReadOnlyList<string> assignments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new BadInputException($"'-p {Redaction.Value(assignment)}' sets nothing. Write -p name=value.");
            }

            if (!values.TryAdd(assignment[..equals], assignment[(equals + 1)..]))
            {
                throw new BadInputException($"Parameter '{assignment[..equals]}' is set twice by -p. Set it once.");
            }
        }

        return values;
    }

    private static JsonObject ReadFile(string path)
    {
        var bytes = InputFile.Read(path, "parameters file");
        JsonElement element;
        try
        {
            element = JobRequestReader.Parse(bytes);
        }
        catch (JobRequestException exception)
        {
            var problem = exception.Message.Replace("The payload", "It", StringComparison.Ordinal);
            throw new BadInputException($"The parameters file '{path}' is invalid. {Trim(problem)} Write {{\"name\":value}}.");
        }

        if (!PayloadText.IsUnicode(element))
        {
            throw new BadInputException(
                $"The parameters file '{path}' has text that is not Unicode: an unpaired surrogate, such as \\ud800. Correct it.");
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new BadInputException(
                $"The parameters file '{path}' is not a JSON object. Write {{\"name\":value}}, without \"job\" around it.");
        }

        if (FindRepeated(element) is { } repeated)
        {
            throw new BadInputException($"The parameters file '{path}' sets '{repeated}' twice. Set it once.");
        }

        return JsonObject.Create(element)!;
    }

    /// <summary>Cuts off what to send instead: that advice is about payloads.</summary>
    private static string Trim(string problem)
    {
        var advice = problem.LastIndexOf(" Send ", StringComparison.Ordinal);
        return advice < 0 ? problem : problem[..advice];
    }

    private static string? FindRepeated(JsonElement element)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return element.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !seen.Add(name));
    }
}
