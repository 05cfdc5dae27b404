using Dispatcher.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The terminal view of all jobs.</summary>
internal static class JobTable
{
    /// <summary>Writes the table and the next step.</summary>
    /// <param name="console">The output.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="jobs">The jobs.</param>
    public static void Write(IAnsiConsole console, string tool, IReadOnlyCollection<JobDescriptor> jobs)
    {
        if (jobs.Count == 0)
        {
            console.WriteLine("No jobs are registered. Add one with AddJob where Program.cs adds the jobs.");
            return;
        }

        var table = Tables.Create("Job", "What it does");
        foreach (var job in jobs)
        {
            table.AddRow(Tables.Cell(job.Name, new Style(decoration: Decoration.Bold)), Tables.Cell(job.Description));
        }

        console.Write(table);
        console.WriteLine("More:");
        CopyLine.Write(console, $"{tool} describe {jobs.First().Name}");
    }
}
