using System.CommandLine;
using Dispatcher.Cli.Terminal;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Cli.Commands.Deployment;

/// <summary><c>dispatch validate</c>: would this payload, or this template, work?</summary>
internal static class ValidateCommand
{
    private const string Examples = """
        Examples:
          dispatch validate                                   the template here
          dispatch validate serverless.template --strict
          dispatch validate event.json payloads/*.json
          dispatch validate '{"job":"daily-uptime","parameters":{"points":2}}'
          printf '{"job":"daily-uptime"}' | dispatch validate -

        A template is recognised by its content; everything else is a payload. With
        --template a payload is read in the environment that this template gives the
        function; without it in the one of this process, as 'dispatch invoke' would.

        Standard output has one line for each problem, 'file: resource: problem', and
        nothing when all is well. It runs nothing and connects to nothing, so it can
        be a pre-commit hook or a step of a build.

        Exit codes: 0 fine, warnings included unless --strict; 2 problems.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var sources = new Argument<string[]>("FILE")
        {
            Description = "Templates and payloads; '-' for standard input; a payload itself, beginning with '{'. Without any: the template here.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        sources.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is ['-', _, ..]) is { } option)
            {
                result.AddError($"There is no option '{option.Value}' here. A file of that name is given as ./{option.Value}.");
            }
        });
        var template = new TemplateOptions();
        var strict = new Option<bool>("--strict") { Description = "Let warnings fail too." };
        var json = new Option<bool>("--json") { Description = "Write an array of the problems as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand("validate", "Check payloads and templates without running anything.", Examples)
        {
            sources, template.File, template.Parameters, strict, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var validation = new SourceValidator(
                parsed.GetValue(template.File), template.ReadParameters(parsed), TimeProvider.System.GetUtcNow());
            foreach (var source in parsed.GetValue(sources) is { Length: > 0 } given ? given : [TemplateFile.Find(parsed.GetValue(template.File))])
            {
                cancellationToken.ThrowIfCancellationRequested();
                validation.Check(source, terminal.RawInput);
            }

            validation.CheckParameters();
            return Task.FromResult(ValidationReport.Write(terminal, validation, parsed.GetValue(strict), parsed.GetValue(json)));
        });
        return command;
    }
}
