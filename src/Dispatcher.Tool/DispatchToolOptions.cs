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
    public string Name { get; set; } = FindName(Environment.ProcessPath, Assembly.GetEntryAssembly()?.GetName().Name);

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

    /// <summary>Finds the name of a tool.</summary>
    /// <param name="program">The path of the running program.</param>
    /// <param name="assembly">The name of its assembly.</param>
    /// <returns>The name of the program, or of the assembly if the program is <c>dotnet</c>.</returns>
    internal static string FindName(string? program, string? assembly)
    {
        // The extension of Windows only: elsewhere, a dot is a part of the name.
        var name = Path.GetFileName(program) ?? DotNet;
        name = name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^".exe".Length] : name;
        return name == DotNet ? assembly ?? name : name;
    }
}
