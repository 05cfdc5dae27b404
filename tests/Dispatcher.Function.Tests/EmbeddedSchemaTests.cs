using System.Text.Encodings.Web;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Holds the embedded schemas to what the parameters say. With <c>ACCEPT_SCHEMAS=1</c> in the environment, the test writes them instead.
/// </summary>
public sealed class EmbeddedSchemaTests
{
    private const string Suffix = "Parameters.schema.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static IEnumerable<string> Jobs()
    {
        using var services = AllJobs.Build();
        return [.. services.GetRequiredService<JobRegistry>().Jobs.Where(static job => job.Parameters.All.Count > 0).Select(
            static job => job.Name)];
    }

    [TestCaseSource(nameof(Jobs))]
    public void CreateSchema_Job_IsWhatItsParametersSay(string name)
    {
        using var services = AllJobs.Build();
        var job = services.GetRequiredService<JobRegistry>().Get(name);
        var exported = job.Parameters.ExportSchema();
        if (Environment.GetEnvironmentVariable("ACCEPT_SCHEMAS") == "1")
        {
            File.WriteAllText(FileOf(job), exported.ToJsonString(Indented) + "\n");
            return;
        }

        var embedded = job.Parameters.CreateSchema();

        Assert.That(embedded.ToJsonString(), Is.EqualTo(exported.ToJsonString()), "ACCEPT_SCHEMAS=1 writes the file anew.");
    }

    [TestCaseSource(nameof(Jobs))]
    public void Assembly_Job_HasTheSchemaOfItsParameters(string name)
    {
        using var services = AllJobs.Build();
        var assembly = services.GetRequiredService<JobRegistry>().Get(name).Type.Assembly;

        Assert.That(assembly.GetManifestResourceNames(), Has.Some.EndsWith($"{Pascal(name)}{Suffix}"));
    }

    private static string FileOf(JobDescriptor job)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Dispatcher.sln")))
        {
            root = root.Parent!;
        }

        var project = Path.Combine(root.FullName, "src", job.Type.Assembly.GetName().Name!);
        return Directory.GetFiles(project, $"{Pascal(job.Name)}{Suffix}", SearchOption.AllDirectories).Single(
            static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
