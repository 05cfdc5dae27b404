using System.CommandLine;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Function;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The command <c>dispatch validate</c>: checks templates and payloads without running anything.</summary>
internal static class ValidateCommand
{
    private const string Examples = """
        Examples:
          dispatch validate                                   the project's template
          dispatch validate serverless.template --strict
          dispatch validate event.json payloads/*.json
          dispatch validate '{"job":"daily-uptime","parameters":{"points":2}}'
          printf '{"job":"daily-uptime"}' | dispatch validate -

        A template is recognised by its content; everything else is a payload. With
        --template, payloads are checked in the environment that the template gives
        the function, otherwise in the environment of this process.

        Standard output has one line per problem, 'file: resource: problem', and is
        empty if there is none. The command runs nothing and connects to nothing, so
        it can be a pre-commit hook or a build step.

        Exit codes: 0 valid, warnings included unless --strict; 2 problems.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
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
        var command = new DocumentedCommand("validate", "Check payloads and templates without running anything.", Examples)
        {
            sources, template.File, template.Parameters, strict, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var validator = new SourceValidator(
                parsed.GetValue(template.File),
                template.ReadParameters(parsed),
                TimeProvider.System.GetUtcNow(),
                static builder => builder.AddMaintenanceJobs());
            var given = parsed.GetValue(sources) ?? [];
            foreach (var source in given.Length > 0 ? given : [TemplateFile.Find(parsed.GetValue(template.File))])
            {
                cancellationToken.ThrowIfCancellationRequested();
                validator.Check(source, terminal.RawInput);
            }

            validator.CheckParameters();
            return Task.FromResult(ValidationReport.Write(terminal, validator, parsed.GetValue(strict), parsed.GetValue(json)));
        });
        return command;
    }
}
