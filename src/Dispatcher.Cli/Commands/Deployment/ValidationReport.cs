using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Cli.Terminal;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Spectre.Console;

namespace Dispatcher.Cli.Commands.Deployment;

/// <summary>Writes what a validation found: one line each on standard output, the sum on standard error.</summary>
internal static class ValidationReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="validation">What was found.</param>
    /// <param name="strict">Whether warnings fail.</param>
    /// <param name="json">Whether to write JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Write(CliTerminal terminal, SourceValidator validation, bool strict, bool json)
    {
        var errors = validation.Found.Count(found => found.Finding.Severity == Severity.Error);
        var warnings = validation.Found.Count(found => found.Finding.Severity == Severity.Warning);
        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement(new JsonArray([.. validation.Found.Select(Describe)])));
        }
        else
        {
            WriteLines(terminal, validation);
            terminal.WriteNote($"{(validation.Checked.Length > 0 ? $"{validation.Checked}: " : string.Empty)}{Sum(errors, warnings)}");
        }

        return errors > 0 || (strict && warnings > 0) ? ExitCode.BadInput : ExitCode.Done;
    }

    private static JsonNode Describe((string File, Finding Finding) found)
    {
        var described = ScheduleJson.Describe(found.Finding);
        described.Insert(0, "file", found.File);
        return described;
    }

    private static void WriteLines(CliTerminal terminal, SourceValidator validation)
    {
        using var output = terminal.CreateOutputWriter();
        foreach (var (file, finding) in validation.Found)
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

    private static string Sum(int errors, int warnings) => (errors, warnings) switch
    {
        (0, 0) => "no problem",
        (0, _) => Printable.Count(warnings, "warning"),
        (_, 0) => Printable.Count(errors, "error"),
        _ => $"{Printable.Count(errors, "error")}, {Printable.Count(warnings, "warning")}",
    };
}
