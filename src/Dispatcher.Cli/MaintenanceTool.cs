using Dispatcher.Cli.Commands.Sql;
using Dispatcher.Cli.Demo;
using Dispatcher.Cli.Samples;
using Dispatcher.Function;
using Dispatcher.Tool;
using Dispatcher.Ui;

namespace Dispatcher.Cli;

/// <summary>The tool <c>dispatch</c> of this repository's jobs.</summary>
internal static class MaintenanceTool
{
    /// <summary>Adds the jobs.</summary>
    /// <param name="builder">The dispatcher.</param>
    public static void AddJobs(IDispatcherBuilder builder) => builder.AddMaintenanceJobs();

    /// <summary>Adds the commands and the sample data of this repository's jobs.</summary>
    /// <param name="options">The options of the tool.</param>
    public static void Configure(DispatchToolOptions options)
    {
        options.Name = "dispatch";
        options.AddUi();
        options.Commands.Add(static tool => SqlCommand.Summary.Create(tool, SqlCommand.Create));
        options.Commands.Add(static tool => DemoCommand.Summary.Create(tool, DemoCommand.Create));
        options.EnvironmentVariables.Add("DATABASE_URL", "the connection of the database jobs");
        options.Local.Prepare = static (servers, cancellationToken) =>
            LocalResources.EnsureAsync(servers.AwsServer, cancellationToken);
        options.Local.Fill = SampleData.FillAsync;
        foreach (var (name, value) in LocalResources.Variables)
        {
            options.Local.Variables.Add(name, value);
        }
    }
}
