using System.CommandLine;
using Dispatcher.Aws.History;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Status;
using Dispatcher.Sqlite;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The source of boards: the history, the registered jobs and, if there is one, the template.</summary>
internal sealed class StatusSource
{
    private readonly StatusReader _reader;
    private readonly TimeProvider _time;
    private readonly bool _schedulesApply;
    private readonly string[] _registered;
    private readonly IReadOnlyList<SuccessLimit> _limits;
    private readonly UnfinishedRuns _unfinished;
    private TemplateInspection? _template;

    private StatusSource(IServiceProvider services, bool schedulesApply)
    {
        History = services.GetRequiredService<IRunHistory>();
        _reader = new StatusReader(History);
        _unfinished = UnfinishedRuns.Of(services);
        _time = services.GetRequiredService<TimeProvider>();
        _registered = [.. services.GetRequiredService<JobRegistry>().Jobs.Select(static job => job.Name)];
        var configuration = services.GetRequiredService<IConfiguration>();
        _limits = WatchSettings.Read(configuration, services.GetRequiredService<JobRegistry>()).Limits;
        IsLocal = string.IsNullOrWhiteSpace(configuration[RunTableSettings.NameKey])
            && string.IsNullOrWhiteSpace(configuration[RunFileSettings.PathKey]);
        _schedulesApply = schedulesApply || !IsLocal;
    }

    /// <summary>Gets the history.</summary>
    public IRunHistory History { get; }

    /// <summary>Gets the path of the template, or the stack that it is deployed in; <see langword="null"/> if there is none.</summary>
    public string? Template { get; private set; }

    /// <summary>Gets why the template that was found could not be read.</summary>
    public string? TemplateProblem { get; private set; }

    /// <summary>Gets a value indicating whether the runs are those of this machine, because no table and no file is set.</summary>
    public bool IsLocal { get; }

    /// <summary>Gets a value indicating whether a template was read that says nothing about these runs.</summary>
    public bool IgnoresSchedules => Template is not null && !_schedulesApply;

    /// <summary>Gets the deployed stack, whose schedules and pauses replace those of the template.</summary>
    /// <value>The default value is <see langword="null"/>: no stack is named.</value>
    public StackSchedules? Stack { get; init; }

    /// <summary>Creates the source of a command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services of the tool.</param>
    /// <param name="options">The options that name the template.</param>
    /// <param name="parsed">The command line.</param>
    /// <returns>The source.</returns>
    /// <exception cref="InvalidSourceException">The template that was named cannot be read.</exception>
    public static StatusSource Create(ToolContext tool, IServiceProvider services, TemplateOptions options, ParseResult parsed) =>
        Create(tool, services, parsed.GetValue(options.File), options.ReadParameters(parsed));

    /// <summary>Creates a source.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services of the tool.</param>
    /// <param name="template">The template; <see langword="null"/> for the one of this directory or above it, if there is one.</param>
    /// <param name="parameters">The values of the template's parameters.</param>
    /// <returns>The source.</returns>
    /// <exception cref="InvalidSourceException">The template that was named cannot be read.</exception>
    public static StatusSource Create(
        ToolContext tool, IServiceProvider services, string? template, IReadOnlyDictionary<string, string> parameters)
    {
        var source = new StatusSource(services, schedulesApply: template is not null);
        source.ReadTemplate(tool, template, parameters);
        return source;
    }

    /// <summary>Creates a source that judges by what is deployed.</summary>
    /// <param name="services">The services of the tool.</param>
    /// <param name="stack">The stack.</param>
    /// <returns>The source.</returns>
    public static StatusSource Create(IServiceProvider services, StackSchedules stack) =>
        new(services, schedulesApply: true) { Stack = stack };

    /// <summary>Determines whether a job is registered, or in the template.</summary>
    /// <param name="job">The name of the job.</param>
    /// <returns>Whether it is.</returns>
    public bool Knows(string job) =>
        _registered.Contains(job, StringComparer.Ordinal) || _template?.Jobs.Any(trigger => trigger.Job == job) == true;

    /// <summary>Reads a board.</summary>
    /// <param name="job">The only job; all jobs if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The board.</returns>
    public async Task<StatusBoard> ReadAsync(string? job, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        IReadOnlyDictionary<string, JobPause> pauses;
        if (Stack is not null)
        {
            (_template, pauses) = await Stack.ReadAsync(now, cancellationToken);
            Template = $"stack {Stack.Name}";
        }
        else
        {
            pauses = _template is null || !_schedulesApply ? [] : TemplateSchedules.ReadPauses(_template);
        }

        return await _reader.ReadAsync(
            new StatusRequest
            {
                Registered = _registered,
                Schedules = _template is null ? null : TemplateSchedules.Read(_template, now, _schedulesApply),
                Pauses = pauses,
                Limits = _limits,
                Unfinished = await _unfinished.ListAsync(job, cancellationToken),
                Job = job,
            },
            now,
            cancellationToken);
    }

    /// <summary>A template that nobody named must not hide the runs.</summary>
    private void ReadTemplate(ToolContext tool, string? template, IReadOnlyDictionary<string, string> parameters)
    {
        if (template is null && !TemplateFile.TryFind(out _))
        {
            return;
        }

        try
        {
            var path = TemplateFile.Find(template);
            _template = TemplateInspection.Inspect(TemplateFile.Read(path), path, parameters, _time.GetUtcNow(), tool.Jobs);
            Template = path;
        }
        catch (InvalidSourceException exception) when (template is null && parameters.Count == 0)
        {
            TemplateProblem = exception.Message;
        }
    }
}
