using Dispatcher.Deployment.Generation;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Deployment;

internal static class AcmeTemplate
{
    public static string Generate(IServiceProvider services) => TemplateGenerator.Generate(
        services.GetRequiredService<JobRegistry>().Jobs,
        new ApplicationOptions { CodeUri = "src/Acme.Chores.Function", Handler = "Acme.Chores.Function" },
        folder: ".");
}
