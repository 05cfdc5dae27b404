using System.CommandLine;

namespace Dispatcher.Cli.Commands;

/// <summary>Makes the argument that names a job.</summary>
internal static class JobArgument
{
    /// <summary>Makes the argument.</summary>
    /// <returns>The argument; it refuses a misspelt option that would otherwise count as a name.</returns>
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("JOB") { Description = "The job's name, as 'dispatch list' gives it." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                result.AddError($"There is no option '{option}' here, and no job can have that name.");
            }
        });
        return argument;
    }
}
