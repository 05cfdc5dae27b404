using System.CommandLine;

namespace Dispatcher.Tool.Commands;

/// <summary>The argument that names a job.</summary>
internal static class JobArgument
{
    /// <summary>Creates the argument.</summary>
    /// <returns>The argument; it refuses a misspelt option that would otherwise count as a name.</returns>
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("JOB") { Description = "The name of the job; 'dispatch list' shows the names." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }])
            {
                result.AddError($"There is no option '{option}' here, and a job cannot have that name.");
            }
        });
        return argument;
    }
}
