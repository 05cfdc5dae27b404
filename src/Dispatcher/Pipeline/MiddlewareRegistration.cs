using Dispatcher.Hosting;

namespace Dispatcher.Pipeline;

/// <summary>Remembers the place of a middleware in the pipeline: registrations stand in the order of their calls.</summary>
internal sealed record MiddlewareRegistration(Type Type, Func<IServiceProvider, IJobMiddleware> Resolve);
