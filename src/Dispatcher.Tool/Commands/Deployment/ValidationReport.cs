using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The result of 'validate': one line per finding on standard output, the totals on standard error.</summary>
internal static class ValidationReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="validator">What was found.</param>
    /// <param name="strict">Whether warnings fail.</param>
    /// <param name="json">Whether to write JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Write(CliTerminal terminal, SourceValidator validator, bool strict, bool json)
    {
        var errors = validator.Found.Count(found => found.Finding.Severity == Severity.Error);
        var warnings = validator.Found.Count(found => found.Finding.Severity == Severity.Warning);
        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement(new JsonArray([.. validator.Found.Select(Describe)])));
        }
        else
        {
            WriteLines(terminal, validator);
            var sources = DescribeSources(validator);
            terminal.WriteNote($"{(sources.Length > 0 ? $"{sources}: " : string.Empty)}{Sum(errors, warnings)}");
        }

        return errors > 0 || (strict && warnings > 0) ? ExitCode.BadInput : ExitCode.Done;
    }

    private static JsonNode Describe((string File, Finding Finding) found)
    {
        var described = ScheduleJson.Describe(found.Finding);
        described.Insert(0, "file", found.File);
        return described;
    }

    private static void WriteLines(CliTerminal terminal, SourceValidator validator)
    {
        using var output = terminal.CreateOutputWriter();
        foreach (var (file, finding) in validator.Found)
        {
            var line = $"{file}: {finding.Resource}: ";
            switch (finding.Severity)
            {
                case Severity.Note:
                    terminal.WriteNote($"{line}note: {finding.Message}");
                    break;
                case var severity when terminal.Out.Profile.Out.IsTerminal:
                    WriteColoured(terminal, line, severity, finding.Message);
                    break;
                default:
                    // As it is: a console would break lines, and each has to stay one.
                    var label = finding.Severity == Severity.Warning ? "warning: " : string.Empty;
                    output.WriteLine(Printable.Text($"{line}{label}{finding.Message}"));
                    break;
            }
        }
    }

    private static void WriteColoured(CliTerminal terminal, string where, Severity severity, string message)
    {
        var line = new Paragraph(Printable.Text(where), new Style(decoration: Decoration.Bold));
        if (severity == Severity.Warning)
        {
            line.Append("warning: ", new Style(Color.Yellow, decoration: Decoration.Bold));
        }

        line.Append(Printable.Text(message), severity == Severity.Error ? new Style(Color.Red) : (Style?)null);
        terminal.Out.Write(line);
        terminal.Out.WriteLine();
    }

    private static string DescribeSources(SourceValidator validator) => string.Join(", ", new[]
    {
        validator.Templates > 0 ? $"{Quantity.Count(validator.Templates, "template")} with {Quantity.Count(validator.Triggers, "trigger")}"
            : string.Empty,
        validator.Payloads > 0 ? Quantity.Count(validator.Payloads, "payload") : string.Empty,
    }.Where(words => words.Length > 0));

    private static string Sum(int errors, int warnings) => (errors, warnings) switch
    {
        (0, 0) => "no problem",
        (0, _) => Printable.Count(warnings, "warning"),
        (_, 0) => Printable.Count(errors, "error"),
        _ => $"{Printable.Count(errors, "error")}, {Printable.Count(warnings, "warning")}",
    };
}
