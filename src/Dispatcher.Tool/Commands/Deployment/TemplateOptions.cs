using System.CommandLine;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The options of commands that read a template.</summary>
internal sealed class TemplateOptions
{
    /// <summary>Gets the option that names the template.</summary>
    public Option<string?> File { get; } = new("--template")
    {
        Description = $"The template, or its directory (default: {TemplateFile.Name}, template.yaml, template.yml or template.json in this "
            + "directory or above it in the repository).",
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

    /// <summary>Gets the option that names the function.</summary>
    public Option<string?> Function { get; } = new("--function")
    {
        Description = "The function that runs the dispatcher (default: found by its handler).",
        HelpName = "NAME",
    };

    /// <summary>Gets the option that sets the region.</summary>
    public Option<string?> Region { get; } = new("--region")
    {
        Description = "The region of the deployment, as AWS::Region has it.",
        HelpName = "REGION",
    };

    /// <summary>Gets the option that sets the account.</summary>
    public Option<string?> Account { get; } = new("--account")
    {
        Description = "The account of the deployment, as AWS::AccountId has it.",
        HelpName = "ID",
    };

    /// <summary>Reads the options about the deployment.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="BadInputException">A value cannot be one.</exception>
    public InspectionOptions ReadOptions(ParseResult parsed) => new()
    {
        Parameters = ReadParameters(parsed),
        Function = parsed.GetValue(Function),
        Region = parsed.GetValue(Region),
        Account = parsed.GetValue(Account) is not { } account || (account.Length == 12 && account.All(char.IsAsciiDigit))
            ? parsed.GetValue(Account)
            : throw new BadInputException($"'--account {account}' is not an account. Write its 12 digits."),
    };

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
