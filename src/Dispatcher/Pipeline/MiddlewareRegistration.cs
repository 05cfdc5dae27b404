using Dispatcher.Hosting;

namespace Dispatcher.Pipeline;

/// <summary>A registered middleware. The order of the registrations is the order of the pipeline.</summary>
internal sealed record MiddlewareRegistration(Type Type, Func<IServiceProvider, IJobMiddleware> Resolve);
