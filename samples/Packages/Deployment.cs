using Dispatcher;
using Dispatcher.Deployment.Generation;
using Dispatcher.Jobs.Http;

namespace Acme.Deployment;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddHttpTrigger();
}

internal static class AcmeTemplate
{
    public static string Generate() => TemplateGenerator.Generate(
        AcmeJobs.Add,
        new ApplicationOptions { CodeUri = "src/Acme.Chores.Function", Handler = "Acme.Chores.Function" },
        folder: ".");
}
