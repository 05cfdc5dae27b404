using System.CommandLine;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Generation;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The command <c>template</c>: writes the template of the stack from what the jobs declare, or checks it.</summary>
internal static class TemplateCommand
{
    private const string StandardOutput = "-";

    private const string Examples = """
        Examples:
          {tool} template ## write serverless.template
          {tool} template --check ## fail if the file is stale
          {tool} template --add alerts.yaml ## add resources of your own
          {tool} template --scheduler ## schedules with a time zone
          {tool} template --snap-start ## start from a snapshot
          {tool} template --output - ## write to standard output

        The template is generated from the registrations of the jobs: schedules,
        settings, permissions and alarms. Do not edit it. Your own resources belong
        in fragments: sections of a template (Parameters, Conditions, Resources,
        Outputs, …) in JSON or in YAML. A fragment that names a resource of the
        template without its Type extends that resource; nothing is replaced.

        The template keeps the options under Metadata, Dispatcher::Template, so
        that the next call, and --check in a build, need none. To take an option
        back, remove it there; '--scheduler false' returns to rules, and
        '--snap-start false' to a function without versions.

        Parts for --without: tracing, job-queue, network, history, alarms,
        dashboard.

        Exit codes: 0 written, or up to date; 1 --check found differences; 2
        invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("template", "Write serverless.template from the registered jobs.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var output = new Option<string?>("--output", "-o")
        {
            Description = $"The file to write (default: {TemplateFile.Name} in this directory or above it in the repository); - for "
                + "standard output.",
            HelpName = "FILE",
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail if the file differs from what would be written." };
        var generation = new GenerationOptions();
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            output, check, generation.Add, generation.Without, generation.Scheduler, generation.SnapStart,
            generation.CodeUri, generation.Handler,
        };
        command.SetAction(parsed =>
        {
            var target = parsed.GetValue(output);
            var path = target is null or StandardOutput ? TemplateFile.FindGenerated() : target;
            var text = TemplateGenerator.Generate(tool.Jobs, generation.Read(parsed, path, tool.Name), GenerationOptions.FolderOf(path));
            return parsed.GetValue(check) ? Check(tool, path, text)
                : target == StandardOutput ? WriteOutput(tool, text)
                : WriteFile(tool, path, text);
        });
        return command;
    }

    private static int WriteOutput(ToolContext tool, string text)
    {
        using var writer = tool.Terminal.CreateOutputWriter();
        writer.Write(text);
        return ExitCode.Done;
    }

    private static int WriteFile(ToolContext tool, string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            tool.Terminal.WriteNote($"{path} is up to date.");
            return ExitCode.Done;
        }

        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The template '{path}' cannot be written: {exception.Message} Check its folder and permissions.");
        }

        tool.Terminal.WriteNote($"{path} was written.");
        return ExitCode.Done;
    }

    private static int Check(ToolContext tool, string path, string text)
    {
        if (!File.Exists(path))
        {
            throw new CommandFailedException($"The template '{path}' does not exist. Run '{tool.Name} template'.");
        }

        var file = File.ReadAllText(path);
        if (file == text)
        {
            tool.Terminal.WriteNote($"{path} is up to date.");
            return ExitCode.Done;
        }

        var differences = TemplateComparison.Compare(JsonNode.Parse(file), JsonNode.Parse(text));
        using (var writer = tool.Terminal.CreateOutputWriter())
        {
            foreach (var difference in differences)
            {
                writer.WriteLine(Printable.Text(difference.Path));
                writer.WriteLine(Printable.Text($"  file:      {difference.File ?? "(nothing)"}"));
                writer.WriteLine(Printable.Text($"  generated: {difference.Generated ?? "(nothing)"}"));
            }
        }

        var found = differences.Count == 0 ? "only its format or order differs" : Printable.Count(differences.Count, "difference");
        tool.Terminal.WriteError($"{path} is stale: {found}. Run '{tool.Name} template' and commit the file.");
        return ExitCode.Failed;
    }
}
