using Dispatcher.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Hosting;

/// <summary>The tool that a command belongs to: its name, its jobs and its terminal.</summary>
public sealed class ToolContext
{
    private readonly Lazy<IReadOnlyCollection<JobDescriptor>> _descriptors;

    internal ToolContext(
        CliTerminal terminal,
        string name,
        Action<IDispatcherBuilder> jobs,
        Action<IServiceCollection>? configureServices = null,
        CancellationToken interrupt = default)
    {
        (Terminal, Name, Jobs, ConfigureServices) = (terminal, name, jobs, configureServices);
        Interrupt = new RunInterrupt(interrupt);
        _descriptors = new(() => ToolServices.ReadJobs(this));
    }

    private ToolContext(ToolContext tool, Action<IDispatcherBuilder> jobs)
    {
        (Terminal, Name, Jobs, ConfigureServices) = (tool.Terminal, tool.Name, jobs, tool.ConfigureServices);
        Interrupt = tool.Interrupt;
        _descriptors = new(() => ToolServices.ReadJobs(this));
    }

    /// <summary>Gets the tool's name, as a person types it.</summary>
    public string Name { get; }

    /// <summary>Gets the terminal.</summary>
    internal CliTerminal Terminal { get; }

    /// <summary>Gets the interrupt of the person at the terminal.</summary>
    internal RunInterrupt Interrupt { get; }

    /// <summary>Gets what adds the jobs.</summary>
    internal Action<IDispatcherBuilder> Jobs { get; }

    /// <summary>Gets what registers the services that replace the tool's own.</summary>
    internal Action<IServiceCollection>? ConfigureServices { get; }

    /// <summary>Gets or sets the function that determines whether the command line names a command.</summary>
    /// <value>By default, all commands are named.</value>
    internal Func<string, bool> IsNamed { get; set; } = static _ => true;

    /// <summary>Gets the registered jobs, by name, for examples and completions.</summary>
    internal IReadOnlyCollection<JobDescriptor> Descriptors => _descriptors.Value;

    /// <summary>Returns the same tool with further jobs.</summary>
    /// <param name="jobs">Adds them.</param>
    /// <returns>A tool for one command.</returns>
    internal ToolContext With(Action<IDispatcherBuilder> jobs) => new(this, builder =>
    {
        Jobs(builder);
        jobs(builder);
    });

    /// <summary>
    /// Builds the services of a command: the jobs on the standard pipeline, and the history of this machine or of <c>RUNS_TABLE</c>. The
    /// runs of these services are not recorded.
    /// </summary>
    /// <returns>The services, which the caller disposes.</returns>
    public ServiceProvider BuildServices() => ToolServices.Build(this);
}
