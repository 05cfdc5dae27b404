using System.CommandLine;
using System.CommandLine.Parsing;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The options of commands that judge jobs: by a template, or by what is deployed.</summary>
internal sealed class StatusSourceOptions
{
    private readonly TemplateOptions _template = new();
    private readonly Option<string?> _stack = StackOption.Create();

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Add(_template.File);
        command.Add(_template.Parameters);
        command.Add(_stack);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_stack) is not null && NamesTemplate(result))
            {
                result.AddError("--stack reads the template that is deployed. Leave out --template and --parameter.");
            }
        });
    }

    /// <summary>Builds the services of the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="parsed">The command line.</param>
    /// <returns>The services.</returns>
    public ServiceProvider Build(ToolContext tool, ParseResult parsed) =>
        FindStack(parsed) is null ? ToolServices.Build(tool) : RemoteServices.Build(tool);

    /// <summary>Creates the source.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services of <see cref="Build"/>.</param>
    /// <param name="parsed">The command line.</param>
    /// <returns>The source.</returns>
    public StatusSource Create(ToolContext tool, IServiceProvider services, ParseResult parsed) => FindStack(parsed) is { } stack
        ? StatusSource.Create(services, new StackSchedules(tool, services, stack))
        : StatusSource.Create(tool, services, _template, parsed);

    /// <summary>A template on the command line has precedence over a stack in the environment.</summary>
    private string? FindStack(ParseResult parsed) =>
        NamesTemplate(parsed.CommandResult) ? null : StackOption.Find(parsed.GetValue(_stack));

    private bool NamesTemplate(CommandResult result) =>
        (result.GetResult(_template.File) ?? result.GetResult(_template.Parameters)) is not null;
}
