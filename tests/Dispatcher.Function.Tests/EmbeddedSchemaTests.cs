using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Holds the embedded schemas to what the parameters say. With <c>ACCEPT_SCHEMAS=1</c> in the environment, the test writes them instead.
/// </summary>
public sealed class EmbeddedSchemaTests
{
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
    public async Task Resource_Job_IsTheSchemaOfItsParameters(string name)
    {
        using var services = AllJobs.Build();
        var job = services.GetRequiredService<JobRegistry>().Get(name);
        var type = job.Parameters.GetType().GetGenericArguments().Single();
        var exported = job.Parameters.ExportSchema();
        if (Environment.GetEnvironmentVariable("ACCEPT_SCHEMAS") == "1")
        {
            await File.WriteAllTextAsync(FileOf(type), exported.ToJsonString(Indented) + "\n");
            return;
        }

        await using var resource = type.Assembly.GetManifestResourceStream($"{type.FullName}.schema.json");

        Assert.That(resource, Is.Not.Null, $"ACCEPT_SCHEMAS=1 writes {FileOf(type)}; its project embeds **/*.schema.json.");
        Assert.That(
            (await JsonNode.ParseAsync(resource))!.ToJsonString(), Is.EqualTo(exported.ToJsonString()), "ACCEPT_SCHEMAS=1 writes it anew.");
    }

    /// <summary>Returns the file whose name as a resource is that of the type: folders are namespaces.</summary>
    private static string FileOf(Type type)
    {
        var project = type.Assembly.GetName().Name!;
        var path = type.FullName![(project.Length + 1)..].Replace('.', Path.DirectorySeparatorChar);
        return DocumentExamples.PathOf(Path.Combine("src", project, $"{path}.schema.json"));
    }
}
