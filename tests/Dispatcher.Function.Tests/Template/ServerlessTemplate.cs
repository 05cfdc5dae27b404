using System.Text.Json;
using Dispatcher.Deployment.Generation;
using Dispatcher.Hosting;

namespace Dispatcher.Function.Tests.Template;

/// <summary>
/// The template of the jobs that these tests are about, generated as <c>serverless.template</c> of the repository is. A further job of the
/// function changes that file, and none of these tests.
/// </summary>
internal static class ServerlessTemplate
{
    private static readonly string[] Jobs =
    [
        "celery-enqueue", "channel-backfill-failed", "daily-uptime", "ecs-run-task", "http-trigger", "refresh-materialized-view",
        "video-upload-cleanup",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Gets the file of the repository.</summary>
    public static string RepositoryFile { get; } = System.IO.Path.Combine(Root, "serverless.template");

    /// <summary>Gets the content of the file of the repository.</summary>
    public static JsonElement RepositoryContent { get; } = JsonElement.Parse(File.ReadAllText(RepositoryFile));

    /// <summary>Gets the options of the file of the repository.</summary>
    public static ApplicationOptions Options { get; } =
        ApplicationOptions.Read(RepositoryContent)!;

    /// <summary>Gets the options of the template of these jobs: without the rule that names parameters of another job, too.</summary>
    public static ApplicationOptions OptionsOfJobs { get; } =
        Options with { Add = [.. Options.Add.Where(static path => !path.EndsWith("one-uptime.json", StringComparison.Ordinal))] };

    public static string Path { get; } = Write(TemplateGenerator.Generate(AddJobs, OptionsOfJobs, Root));

    public static string DeployScript { get; } = System.IO.Path.Combine(
        Root, "tests", "Dispatcher.Function.Tests", "Template", "deploy.py");

    public static JsonElement Content { get; } = JsonElement.Parse(File.ReadAllText(Path));

    /// <summary>Gets the names of the parameters.</summary>
    public static IEnumerable<string> Parameters => Content.GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name);

    /// <summary>Finds a parameter.</summary>
    public static JsonElement Parameter(string name) => Content.GetProperty("Parameters").GetProperty(name);

    /// <summary>Finds the properties of a resource.</summary>
    public static JsonElement Properties(string resource) =>
        Content.GetProperty("Resources").GetProperty(resource).GetProperty("Properties");

    /// <summary>Adds the function's jobs, without those that are none of these tests' business.</summary>
    public static void AddJobs(IDispatcherBuilder builder)
    {
        builder.AddMaintenanceJobs();
        foreach (var other in builder.Services
            .Where(service => service.ImplementationInstance is JobDescriptor job && !Jobs.Contains(job.Name)).ToList())
        {
            builder.Services.Remove(other);
        }
    }

    private static string Write(string content)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, "generated"));
        var path = System.IO.Path.Combine(folder.FullName, "serverless.template");
        File.WriteAllText(path, content);
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            $"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests inside of the repository.");
    }
}
