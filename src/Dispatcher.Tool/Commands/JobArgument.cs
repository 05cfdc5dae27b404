using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands;

/// <summary>The argument that names a job.</summary>
internal static class JobArgument
{
    /// <summary>Creates the argument.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The argument; it refuses a misspelt option that would otherwise count as a name.</returns>
    public static Argument<string> Create(ToolContext tool)
    {
        var argument = new Argument<string>("JOB") { Description = $"The name of the job; '{tool.Name} list' shows the names." };
        argument.Suggest(_ => tool.Descriptors.Select(static job => new CompletionItem(job.Name)));
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                var suggestion = result.Parent is CommandResult { Command: var command }
                    ? CommandLineProblems.Suggest(command, option.Split('=', ':')[0])
                    : string.Empty;
                result.AddError($"There is no option '{option}' here, and a job cannot have that name.{suggestion}");
            }
        });
        return argument;
    }
}
