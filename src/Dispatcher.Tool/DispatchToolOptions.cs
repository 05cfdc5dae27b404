using System.CommandLine;
using System.Reflection;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool;

/// <summary>Options for the tool.</summary>
public sealed class DispatchToolOptions
{
    private const string DotNet = "dotnet";

    /// <summary>Gets or sets the tool's name, which help texts, examples and advice show.</summary>
    /// <value>The default value is the name of the program that runs, or of its assembly under <c>dotnet</c>.</value>
    public string Name { get; set; } = FindName();

    /// <summary>Gets or sets what the tool does, in one sentence.</summary>
    public string Description { get; set; } = "Runs maintenance jobs on this machine, or as AWS Lambda would.";

    /// <summary>Gets the functions that create additional commands.</summary>
    public IList<Func<ToolContext, Command>> Commands { get; } = [];

    /// <summary>
    /// Gets or sets what registers services, called before anything else is registered, as in the function. Its registrations replace the
    /// defaults: the configuration (an instance), the clock, clients.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>Gets environment variables of the jobs, each with a few words, for the help text.</summary>
    public IDictionary<string, string> EnvironmentVariables { get; } = new OrderedDictionary<string, string>();

    /// <summary>Gets the options for the command <c>local</c>.</summary>
    public LocalOptions Local { get; } = new();

    private static string FindName()
    {
        // The extension of Windows only: elsewhere, a dot is a part of the name.
        var program = Path.GetFileName(Environment.ProcessPath) ?? DotNet;
        program = program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? program[..^".exe".Length] : program;
        return program == DotNet ? Assembly.GetEntryAssembly()?.GetName().Name ?? program : program;
    }
}
