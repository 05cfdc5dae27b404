using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Lambda;
using Microsoft.Extensions.DependencyInjection;

[assembly: LambdaSerializer(typeof(AnswerSerializer))]

namespace Dispatcher.Function;

/// <summary>
/// The handler for the class-library model: <c>Dispatcher.Function::Dispatcher.Function.Function::HandleAsync</c>.
/// </summary>
public sealed class Function
{
    private readonly LambdaEntryPoint _entryPoint;

    /// <summary>Creates the function, once per execution environment.</summary>
    public Function()
        : this(FunctionServices.Build(static builder => builder.AddMaintenanceJobs()))
    {
    }

    /// <summary>Creates the function with the given services.</summary>
    /// <param name="services">The services that <see cref="FunctionServices.Build"/> returns.</param>
    public Function(IServiceProvider services) => _entryPoint = services.GetRequiredService<LambdaEntryPoint>();

    /// <inheritdoc cref="LambdaEntryPoint.HandleAsync(Stream, ILambdaContext)" />
    public Task<JsonElement> HandleAsync(Stream payload, ILambdaContext context) => _entryPoint.HandleAsync(payload, context);
}
