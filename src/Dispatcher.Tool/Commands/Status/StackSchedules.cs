using Amazon.SQS;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.DeadLetters;
using Dispatcher.Tool.Remote.Pauses;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The schedules of a deployed stack, who has paused them, and what failed for good.</summary>
/// <param name="tool">The tool.</param>
/// <param name="services">The services of <see cref="RemoteServices.Build"/>.</param>
/// <param name="name">The name of the stack.</param>
internal sealed class StackSchedules(ToolContext tool, IServiceProvider services, string name)
{
    /// <summary>Gets the name of the stack.</summary>
    public string Name => name;

    /// <summary>Gets how much failed for good, when <see cref="ReadAsync"/> was last called.</summary>
    public DeadLetterCounts DeadLetters { get; private set; } = new([]);

    /// <summary>Reads the template that is deployed, and the pauses, and counts the dead letters.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The template with its parameters, and the pause of each job that is paused.</returns>
    public async Task<(TemplateInspection Template, IReadOnlyDictionary<string, JobPause> Pauses)> ReadAsync(
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stack = await services.ReadStackAsync(name, cancellationToken);
        DeadLetters = await DeadLetterCounts.ReadAsync(services.GetRequiredService<IAmazonSQS>(), stack, cancellationToken);
        var template = await stack.InspectAsync(tool.Jobs, now, cancellationToken);
        return (template, await PauseReader.ReadAsync(services, stack, template, cancellationToken));
    }
}
