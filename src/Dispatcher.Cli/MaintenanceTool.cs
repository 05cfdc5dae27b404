using Dispatcher.Cli.Commands.Sql;
using Dispatcher.Cli.Demo;
using Dispatcher.Cli.Samples;
using Dispatcher.Tool;

namespace Dispatcher.Cli;

/// <summary>The tool <c>dispatch</c> of this repository's jobs.</summary>
internal static class MaintenanceTool
{
    /// <summary>Adds the commands and the sample data of this repository's jobs.</summary>
    /// <param name="options">The options of the tool.</param>
    public static void Configure(DispatchToolOptions options)
    {
        options.Commands.Add(SqlCommand.Create);
        options.Commands.Add(DemoCommand.Create);
        options.Sample = SampleData.FillAsync;
    }
}
