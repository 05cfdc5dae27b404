using System.CommandLine;
using System.CommandLine.Parsing;

namespace Dispatcher.Cli;

/// <summary>Makes the argument that names a job.</summary>
internal static class JobArgument
{
    /// <summary>Makes the argument.</summary>
    /// <returns>The argument; it refuses a misspelt option that would otherwise count as a name.</returns>
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("JOB") { Description = "The job's name, as 'dispatch list' gives it." };
        argument.Validators.Add(RefuseOption);
        return argument;
    }

    /// <summary>Makes the argument of a command that does without.</summary>
    /// <returns>The argument; it refuses a misspelt option that would otherwise count as a name.</returns>
    public static Argument<string?> CreateOptional()
    {
        var argument = new Argument<string?>("JOB") { Description = "Only this job.", Arity = ArgumentArity.ZeroOrOne };
        argument.Validators.Add(RefuseOption);
        return argument;
    }

    private static void RefuseOption(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: ['-', ..] option }])
        {
            result.AddError($"There is no option '{option}' here, and no job can have that name.");
        }
    }
}
