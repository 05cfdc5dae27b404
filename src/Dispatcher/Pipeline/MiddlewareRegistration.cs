using Dispatcher.Hosting;

namespace Dispatcher.Pipeline;

/// <summary>The place of a middleware in the pipeline: registrations are in the order of their calls.</summary>
internal sealed record MiddlewareRegistration(Type Type, Func<IServiceProvider, IJobMiddleware> Resolve);
