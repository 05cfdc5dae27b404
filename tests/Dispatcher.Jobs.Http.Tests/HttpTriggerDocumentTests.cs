using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Tests of the examples of docs/jobs/http-trigger.md.</summary>
public sealed class HttpTriggerDocumentTests
{
    private const string Document = "docs/jobs/http-trigger.md";

    private static IReadOnlyList<string> Payloads => DocumentExamples.Read(Document, "json");

    [TestCaseSource(nameof(Payloads))]
    public async Task Read_Example_IsRight(string payload)
    {
        await using var harness = HttpTriggerHarness.Create();

        var request = harness.Services.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload)));

        Assert.That(request.Job.Name, Is.EqualTo(HttpTriggerBuilderExtensions.DefaultName));
    }

    [Test]
    public void Complete_ConfiguredEndpoint_IsRight()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            JsonElement.Parse(DocumentExamples.Read(Document, "json configuration").Single()).EnumerateObject()
                .Select(
                    setting => KeyValuePair.Create(
                        setting.Name.Replace("__", ":", StringComparison.Ordinal), setting.Value.GetString()))).Build();

        var complete = new HttpEndpoints(configuration).Complete(new HttpTriggerParameters { Endpoint = "daily-uptime" });

        Assert.That(complete.Secret, Is.EqualTo("ssm:/maintenance/internal-key"));
    }

    [Test]
    public async Task Parameters_AreAllInTheTable()
    {
        await using var harness = HttpTriggerHarness.Create();

        var document = await File.ReadAllTextAsync(DocumentExamples.PathOf(Document));
        var job = harness.Services.GetRequiredService<JobRegistry>().Jobs.Single();

        Assert.That(
            job.Parameters.All.Select(parameter => parameter.Name).Where(
                name => !document.Contains($"| `{name}` |", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Examples_AreAllThere() => Assert.That(Payloads, Has.Count.EqualTo(9));
}
