using System.CommandLine;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The options of commands that read a template.</summary>
internal sealed class TemplateOptions
{
    /// <summary>Gets the option that names the template.</summary>
    public Option<string?> File { get; } = new("--template")
    {
        Description = $"The template (default: {TemplateFile.Name} in this directory or above it in the repository).",
        HelpName = "FILE",
    };

    /// <summary>Gets the option that sets the template's parameters.</summary>
    public Option<string[]> Parameters { get; } = new("--parameter")
    {
        Description = "Set a template parameter. Can be repeated.",
        HelpName = "NAME=VALUE",
    };

    /// <summary>
    /// Gets the former short form of <see cref="Parameters"/>, which still works: in <c>run</c>, <c>-p</c> sets a parameter of the job.
    /// </summary>
    public Option<string[]> FormerParameters { get; } = new("-p") { Hidden = true };

    /// <summary>Reads the parameters.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="BadInputException">One sets nothing, or one is set twice.</exception>
    public IReadOnlyDictionary<string, string> ReadParameters(ParseResult parsed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in (parsed.GetValue(Parameters) ?? []).Concat(parsed.GetValue(FormerParameters) ?? []))
        {
            if (assignment.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                throw new BadInputException($"'--parameter {assignment}' sets nothing. Write --parameter NAME=VALUE.");
            }

            if (!values.TryAdd(name, value))
            {
                throw new BadInputException($"Parameter '{name}' is set twice by --parameter. Set it once.");
            }
        }

        return values;
    }
}
