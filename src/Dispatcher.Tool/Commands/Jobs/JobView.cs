using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The terminal view of one job: a table of its parameters, and a payload to start from.</summary>
internal static class JobView
{
    /// <summary>A terminal of this width has room for three columns.</summary>
    private const int TableWidth = 100;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = PrintableJsonEncoder.Instance };

    /// <summary>Writes the page.</summary>
    /// <param name="console">The output.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="job">The job.</param>
    /// <param name="declared">Its parameters, which know their words and limits.</param>
    /// <param name="examples">The values with which a run can be tried, as they are written on the command line.</param>
    public static void Write(
        IAnsiConsole console,
        string tool,
        JobDescription job,
        JobParameters declared,
        IReadOnlyDictionary<string, string> examples)
    {
        var parameters = declared.All;
        console.Write(Tables.Cell(job.Name, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.WriteLine(Printable.Text(job.Description));
        console.WriteLine();
        if (parameters.Count == 0)
        {
            console.WriteLine("It has no parameters.");
        }
        else
        {
            WriteParameters(console, job, parameters);
        }

        WriteLimits(console, job.Limits ?? new Dictionary<string, LimitDescription>());
        console.WriteLine("A payload to start from; omitted parameters have their defaults:");
        console.WriteLine(SamplePayload(job, declared, examples).ToJsonString(Indented));
        console.WriteLine();
        console.WriteLine("Try it:");
        var assignments = examples.SelectMany(static one => new[] { "-p", $"{one.Key}={one.Value}" });
        CopyLine.Write(console, RunArguments.ToCommandLine([tool, "run", job.Name, .. assignments, "--dry-run"]));
    }

    private static void WriteLimits(IAnsiConsole console, IReadOnlyDictionary<string, LimitDescription> limits)
    {
        if (limits.Count == 0)
        {
            console.WriteLine("No limit applies to a run. See 'run --help' for the options that set one.");
            console.WriteLine();
            return;
        }

        var table = Tables.Create("Limit of a run", "Value#", "Set by");
        foreach (var (name, limit) in limits)
        {
            table.AddRow(
                Tables.Cell(name, new Style(decoration: Decoration.Bold)),
                Tables.Cell(limit.Value.ToString("#,0.##########", CultureInfo.InvariantCulture)),
                Tables.Cell(limit.Source));
        }

        console.Write(table);
    }

    private static void WriteParameters(IAnsiConsole console, JobDescription job, IReadOnlyList<JobParameter> parameters)
    {
        if (console.Profile.Width < TableWidth)
        {
            WriteParameterList(console, job, parameters);
            return;
        }

        var table = Tables.Create("Parameter", "Value", "What it does");
        table.Columns[0].NoWrap();
        foreach (var parameter in parameters)
        {
            var schema = SchemaOf(job, parameter);
            table.AddRow(
                Tables.Cell(parameter.Name, new Style(decoration: Decoration.Bold)),
                Tables.Cell(DescribeValue(parameter, schema)),
                Tables.Cell(parameter.Description ?? string.Empty));
        }

        console.Write(table);
    }

    /// <summary>Three columns of text would be too narrow to read.</summary>
    private static void WriteParameterList(IAnsiConsole console, JobDescription job, IReadOnlyList<JobParameter> parameters)
    {
        console.Write(Tables.Cell("Parameters", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        foreach (var parameter in parameters)
        {
            console.Write(Tables.Cell($"  {parameter.Name}", new Style(decoration: Decoration.Bold)));
            console.WriteLine();
            var value = string.Join("; ", DescribeValue(parameter, SchemaOf(job, parameter)));
            HangingText.Write(console, "      ", Style.Plain, Printable.Text(value), new Style(decoration: Decoration.Dim));
            if (parameter.Description is { Length: > 0 } description)
            {
                HangingText.Write(console, "      ", Style.Plain, Printable.Text(description));
            }
        }

        console.WriteLine();
    }

    private static IEnumerable<string> DescribeValue(JobParameter parameter, JsonObject schema)
    {
        var limits = DescribeLimits(schema);
        yield return limits is null ? Bare(parameter.Expected) : $"{Bare(parameter.Expected)}, {limits}";
        if (schema.TryGetPropertyValue("default", out var value))
        {
            yield return $"default {value?.ToJsonString(Indented) ?? "none"}";
        }
        else
        {
            yield return parameter.IsRequired ? "required" : "default none";
        }

        if (parameter.ConfigurationKey is { } key)
        {
            yield return $"or from ${key}";
        }
    }

    /// <summary>Leaves out the limits of the type itself, which nobody reaches.</summary>
    private static string Bare(string expected) =>
        expected.Replace($" from {int.MinValue} to {int.MaxValue}", string.Empty, StringComparison.Ordinal);

    private static string? DescribeLimits(JsonObject schema)
    {
        var words = new List<string>();
        if ((schema["minLength"], schema["maxLength"]) is ({ } shortest, { } longest))
        {
            words.Add($"{shortest} to {longest} characters");
        }

        if ((schema["minItems"], schema["maxItems"]) is ({ } fewest, { } most))
        {
            words.Add($"{fewest} to {most} items");
        }

        return words.Count == 0 ? null : string.Join(", ", words);
    }

    private static JsonObject SamplePayload(
        JobDescription job, JobParameters declared, IReadOnlyDictionary<string, string> examples)
    {
        var values = new JsonObject();
        foreach (var parameter in declared.All)
        {
            if (SchemaOf(job, parameter)["default"] is { } value)
            {
                values[parameter.Name] = value.DeepClone();
            }
            else if (examples.TryGetValue(parameter.Name, out var example))
            {
                values[parameter.Name] = declared.FromText(parameter.Name, example);
            }
        }

        var payload = new JsonObject { ["job"] = job.Name, ["dryRun"] = true };
        if (values.Count > 0)
        {
            payload["parameters"] = values;
        }

        return payload;
    }

    private static JsonObject SchemaOf(JobDescription job, JobParameter parameter) =>
        job.Parameters["properties"]?[parameter.Name] as JsonObject ?? [];
}
