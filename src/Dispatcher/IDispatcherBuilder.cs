using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher;

/// <summary>The builder of a dispatcher, which the registrations of jobs and middlewares extend.</summary>
public interface IDispatcherBuilder
{
    /// <summary>Gets the services of the dispatcher.</summary>
    IServiceCollection Services { get; }
}
