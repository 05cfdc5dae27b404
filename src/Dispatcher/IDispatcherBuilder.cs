using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher;

/// <summary>Is what the registrations of jobs and middlewares extend.</summary>
public interface IDispatcherBuilder
{
    /// <summary>Gets the services that the dispatcher is made from.</summary>
    IServiceCollection Services { get; }
}
