using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda;

/// <summary>
/// A Lambda function that runs maintenance jobs: the dispatcher with configuration, logging, metrics, run history, audit trail,
/// continuations and SQS batches.
/// </summary>
/// <remarks>
/// An executable calls <see cref="RunAsync"/>. In the class-library model, derive a class with a constructor without parameters; the
/// handler is <c>Assembly::Namespace.Class::HandleAsync</c>. If the project is a library with <c>AWSProjectType</c> <c>Lambda</c>, the
/// build leaves out <c>Amazon.Lambda.RuntimeSupport.dll</c>, which the managed runtime contains; <c>LambdaHandlerModel=ClassLibrary</c>
/// does the same for an executable.
/// </remarks>
public abstract class MaintenanceFunction
{
    private readonly LambdaEntryPoint _entryPoint;

    /// <summary>Creates the function for the class-library model, once per execution environment.</summary>
    /// <param name="jobs">Adds the jobs.</param>
    /// <param name="services">
    /// Registers services that jobs need, and services that replace the defaults, as <see cref="FunctionServices.Build"/> describes.
    /// </param>
    /// <exception cref="InvalidOperationException">The configuration is invalid; the message states where, and what to set.</exception>
    /// <exception cref="OptionsValidationException">Options or event routes are invalid; the message lists all problems.</exception>
    protected MaintenanceFunction(Action<IDispatcherBuilder> jobs, Action<IServiceCollection>? services = null) =>
        _entryPoint = CreateEntryPoint(jobs, services);

    /// <summary>Serves invocations in the executable model, one after the other, until the process ends.</summary>
    /// <param name="jobs">
    /// Adds the jobs. It is called during Lambda's initialization, so that an invalid configuration is reported with its message and not as
    /// a process that has ended.
    /// </param>
    /// <param name="services">
    /// Registers services that jobs need, and services that replace the defaults, as <see cref="FunctionServices.Build"/> describes.
    /// </param>
    /// <returns>A task that ends when there are no more invocations.</returns>
    public static async Task RunAsync(Action<IDispatcherBuilder> jobs, Action<IServiceCollection>? services = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);

        LambdaEntryPoint? entryPoint = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create(async (Stream payload, ILambdaContext context) =>
                (Stream)new MemoryStream(await entryPoint!.AnswerAsync(payload, context)))
            .UseBootstrapHandler(() =>
            {
                entryPoint = CreateEntryPoint(jobs, services);
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync();
    }

    /// <inheritdoc cref="LambdaEntryPoint.HandleAsync(Stream, ILambdaContext)" />
    [LambdaSerializer(typeof(AnswerSerializer))]
    public Task<JsonElement> HandleAsync(Stream payload, ILambdaContext context) => _entryPoint.HandleAsync(payload, context);

    private static LambdaEntryPoint CreateEntryPoint(Action<IDispatcherBuilder> jobs, Action<IServiceCollection>? services)
    {
        var built = Snapshot.IsTaken
            ? Snapshot.Build(() => FunctionServices.Build(jobs, services))
            : FunctionServices.Build(jobs, services);
        return built.GetRequiredService<LambdaEntryPoint>();
    }
}
