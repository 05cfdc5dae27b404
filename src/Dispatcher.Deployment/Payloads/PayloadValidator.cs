using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dispatcher.Deployment.Payloads;

/// <summary>
/// A validator that reads payloads as the deployed function does, with its jobs, routes and environment, and runs nothing.
/// </summary>
internal sealed class PayloadValidator : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly JobRequestReader? _reader;

    private PayloadValidator(ServiceProvider services)
    {
        _services = services;
        try
        {
            _reader = services.GetRequiredService<JobRequestReader>();
        }
        catch (OptionsValidationException exception)
        {
            // The event routes of the environment are wrong: the function would not start.
            StartProblems = [.. exception.Failures.Where(static problem => !TemplateNames.IsUnknown(problem))];
        }
    }

    /// <summary>Gets the problems that would prevent the function from starting.</summary>
    public IReadOnlyList<string> StartProblems { get; } = [];

    /// <summary>Creates a validator for the environment that a template gives the function.</summary>
    /// <param name="variables">The environment variables.</param>
    /// <param name="addJobs">Registers the jobs.</param>
    public static PayloadValidator ForEnvironment(IReadOnlyDictionary<string, string> variables, Action<IDispatcherBuilder> addJobs) =>
        new(Build(
        new ConfigurationBuilder().AddInMemoryCollection(variables.Select(
            variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value))).Build(),
        addJobs));

    /// <summary>Creates a validator for the environment of this process.</summary>
    /// <param name="addJobs">Registers the jobs.</param>
    public static PayloadValidator ForProcess(Action<IDispatcherBuilder> addJobs) =>
        new(Build(new ConfigurationBuilder().AddEnvironmentVariables().Build(), addJobs));

    /// <summary>Checks a payload.</summary>
    /// <param name="text">Its text.</param>
    public PayloadOutcome Check(string text) => Check(Encoding.UTF8.GetBytes(text));

    /// <summary>Checks a payload.</summary>
    /// <param name="utf8">Its text.</param>
    public PayloadOutcome Check(ReadOnlySpan<byte> utf8)
    {
        string? job = null;
        try
        {
            var payload = JobRequestReader.Parse(utf8);
            job = payload.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(payload, "job", out var name)
                ? PayloadText.Text(name)
                : null;
            if (JobCatalog.IsWatch(payload) || _services.GetRequiredService<JobCatalog>().TryAnswer(payload, out _))
            {
                return new PayloadOutcome(job, [], job);
            }

            var request = (_reader ?? throw new JobRequestException(StartProblems)).Read(payload).Request;
            return new PayloadOutcome(request.Job, [], $"{request.Job} {request.DryRun} {Sort(request.Parameters)}");
        }
        catch (JobRequestException exception)
        {
            // What only the deployment knows cannot be wrong here.
            return new PayloadOutcome(job, [.. exception.Problems.Where(problem => !TemplateNames.IsUnknown(problem))], Identity: null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _services.Dispose();

    private static ServiceProvider Build(IConfiguration configuration, Action<IDispatcherBuilder> addJobs)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        addJobs(services.AddMaintenanceDispatcher());
        return services.BuildServiceProvider();
    }

    /// <summary>Two objects are equal regardless of the order of their fields.</summary>
    private static string Sort(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "{}",
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal)
            .Select(field => $"{JsonValue.Create(field.Name).ToJsonString()}:{Sort(field.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Sort))}]",
        _ => element.GetRawText(),
    };
}
