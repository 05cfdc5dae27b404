using System.Globalization;
using Amazon.Runtime;
using Dispatcher.Deployment;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Pauses;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>What a person should know before a job is run by hand: that it is paused, by whom and why.</summary>
internal static class PauseNotice
{
    /// <summary>Writes a line for each job that is paused.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services of <see cref="RemoteServices.Build"/>.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="jobs">The jobs that are about to be run.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task WriteAsync(
        ToolContext tool, IServiceProvider services, RemoteStack stack, IEnumerable<string?> jobs, CancellationToken cancellationToken)
    {
        try
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var inspection = await stack.InspectAsync(tool.Jobs, now, cancellationToken);
            var pauses = await PauseReader.ReadAsync(services, stack, inspection, cancellationToken);
            foreach (var job in jobs.OfType<string>().Distinct(StringComparer.Ordinal))
            {
                if (pauses.TryGetValue(job, out var pause))
                {
                    tool.Terminal.WriteNote(Describe(job, pause));
                }
            }
        }
        catch (Exception exception) when (exception is AmazonServiceException or InvalidSourceException)
        {
            // Whoever may run a job need not be allowed to read the rules.
            tool.Terminal.WriteNote($"Whether a job is paused cannot be read: {exception.Message}");
        }
    }

    private static string Describe(string job, JobPause pause)
    {
        var by = pause.By is null ? string.Empty : $" by {pause.By}";
        var since = pause.Since is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" since {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
            : string.Empty;
        return $"{job} is paused{by}{since}: {pause.Reason}";
    }
}
