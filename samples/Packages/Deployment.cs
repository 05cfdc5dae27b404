using Dispatcher;
using Dispatcher.Deployment.Generation;

namespace Acme.Deployment;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddHttpTrigger();
}

internal static class AcmeTemplate
{
    public static string Generate(Action<IDispatcherBuilder> jobs) => TemplateGenerator.Generate(
        jobs,
        new ApplicationOptions { CodeUri = "src/Acme.Chores.Function", Handler = "Acme.Chores.Function" },
        folder: ".");
}
