using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Ui.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Ui.Pages;

/// <summary>What all pages share.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Services">The services of the command.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Work">The runs that pages have started.</param>
/// <param name="FormToken">The value that every form has to send.</param>
internal sealed record UiSite(ToolContext Tool, IServiceProvider Services, UiSettings Settings, WorkList Work, string FormToken)
{
    /// <summary>Gets the current time.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Creates the source of the health of the jobs.</summary>
    /// <returns>The source.</returns>
    public StatusSource CreateStatus() => Settings.Stack is { } stack
        ? StatusSource.Create(Services, new StackSchedules(Tool, Services, stack))
        : StatusSource.Create(Tool, Services, Settings.Template, Settings.TemplateParameters);

    /// <summary>Gets a service of the command.</summary>
    /// <typeparam name="T">The type of the service.</typeparam>
    /// <returns>The service.</returns>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}
