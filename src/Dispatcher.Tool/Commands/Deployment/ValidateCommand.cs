using System.CommandLine;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The command <c>validate</c>: checks templates and payloads without running anything.</summary>
internal static class ValidateCommand
{
    private const string Examples = """
        Examples:
          {tool} validate ## the project's template
          {tool} validate serverless.template --strict
          {tool} validate template.yaml --function Worker --account 123456789012
          {tool} validate event.json payloads/*.json
          {tool} validate '{payload}'
          printf '{"job":"{job}"}' | {tool} validate -

        A template, in JSON or YAML, is recognised by its content; everything else is
        a payload. Values that only a deployment knows are not judged. With
        --template, payloads are checked in the environment that the template gives
        the function, otherwise in the environment of this process.

        Standard output has one line per problem, 'file: resource: problem', and is
        empty if there is none. The command runs nothing and connects to nothing, so
        it can be a pre-commit hook or a build step.

        Exit codes: 0 valid, warnings included unless --strict; 2 problems.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("validate", "Check payloads and templates without running anything.", "FILE");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var sources = new Argument<string[]>("FILE")
        {
            Description =
                "Templates and payloads: files, '-' for standard input, or an inline payload (default: the template in this directory).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        sources.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } option)
            {
                result.AddError($"There is no option '{option.Value}' here. To check a file of that name, write ./{option.Value}.");
            }
        });
        var template = new TemplateOptions();
        var strict = new Option<bool>("--strict") { Description = "Treat warnings as errors." };
        var json =
            new Option<bool>("--json") { Description = "Write an array of the problems as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            sources, template.File, template.Parameters, template.FormerParameters, template.Function, template.Region, template.Account,
            strict, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var validator = new SourceValidator(
                parsed.GetValue(template.File),
                template.ReadOptions(parsed),
                TimeProvider.System.GetUtcNow(),
                tool.Jobs);
            var given = parsed.GetValue(sources) ?? [];
            foreach (var source in given.Length > 0 ? given : [TemplateFile.Find(parsed.GetValue(template.File))])
            {
                cancellationToken.ThrowIfCancellationRequested();
                validator.Check(source, tool.Terminal.RawInput);
            }

            validator.CheckParameters();
            return Task.FromResult(ValidationReport.Write(tool.Terminal, validator, parsed.GetValue(strict), parsed.GetValue(json)));
        });
        return command;
    }
}
