using System.Text.RegularExpressions;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Counts what a cold start loads and compiles, because its time depends on it. The figures of a published function are in
/// docs/performance.md.
/// </summary>
public sealed partial class ColdStartTests
{
    private string _methods = null!;

    [SetUp]
    public void SetUp() => _methods = Path.Combine(Path.GetTempPath(), $"methods-{Guid.NewGuid():N}");

    [TearDown]
    public void TearDown() => File.Delete(_methods);

    [Test]
    public async Task Function_List_LoadsNoAssemblyThatItDoesNotNeed()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"$list"}""");

        var loaded = function.ReadAssemblies();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Does.Contain("Dispatcher.Function"), "the test sees assemblies");
            Assert.That(loaded.Where(static name => name.StartsWith("AWSSDK.", StringComparison.Ordinal)), Is.SubsetOf(ClientsOfJobs));
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Extensions.Configuration.Json"));
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Extensions.FileProviders.Physical"));
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Extensions.Http"));
            Assert.That(loaded, Has.Count.LessThan(80));
        }
    }

    [Test]
    public async Task Function_DryRunOfOneJob_CreatesNoContractOfAnother()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""");
        await function.StopAsync();

        Assert.That(await ReadContractsAsync(), Is.EqualTo(new[] { "Http.HttpTrigger" }));
    }

    [Test]
    public async Task Function_List_CreatesNoContract()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"$list"}""");
        await function.StopAsync();

        var methods = await File.ReadAllTextAsync(_methods);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Does.Contain("Dispatcher.Hosting.EmbeddedSchema:Read("), "the test sees methods");
            Assert.That(await ReadContractsAsync(), Is.Empty);
            Assert.That(methods, Does.Not.Contain("DispatcherJsonContext:Create_"));
            Assert.That(methods, Does.Not.Contain("System.Text.Json.Schema."));
        }
    }

    /// <summary>A ReadyToRun image has no code for generic types and methods of the framework over value types, nor for Int128.</summary>
    [TestCase("""{"job":"$list"}""")]
    [TestCase("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""")]
    public async Task Function_FirstAnswer_NeedsNoCodeThatAnImageCannotHave(string payload)
    {
        await using var function = Start();
        await function.InvokeAsync(payload);
        await function.StopAsync();

        var methods = await File.ReadAllTextAsync(_methods);

        Assert.That(methods, Does.Not.Contain("SortedSet`1")
            .And.Not.Contain("AsyncTaskMethodBuilder`1[System.Text.Json.JsonElement]")
            .And.Not.Contain("System.Linq.Enumerable:ToArray[Dispatcher.Hosting.MetricValue]")
            .And.Not.Contain("FirstOrDefault[System.Text.Json.JsonProperty]")
            .And.Not.Contain("System.Int128:"));
    }

    [Test]
    public async Task Function_DryRun_WritesItsRecordWithoutMetadata()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""");
        await function.StopAsync();

        var methods = await File.ReadAllTextAsync(_methods);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Does.Contain("Dispatcher.Hosting.RunRecordWriter:Write("), "the test sees methods");
            Assert.That(methods, Does.Not.Contain("DispatcherJsonContext:Create_RunRecord("));
        }
    }

    [Test]
    public async Task Function_DryRun_CompilesNoServiceResolver()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""");
        await function.StopAsync();

        Assert.That(await File.ReadAllTextAsync(_methods), Does.Not.Contain("ILEmitResolverBuilder"));
    }

    /// <summary>
    /// Gets the packages whose clients the registrations of jobs name. Their types are loaded, which takes 2 of 270 ms; no client is
    /// created.
    /// </summary>
    private static IReadOnlyList<string> ClientsOfJobs =>
    [
        "AWSSDK.Core", "AWSSDK.DynamoDBv2", "AWSSDK.ECS", "AWSSDK.S3", "AWSSDK.SQS", "AWSSDK.SecurityToken",
        "AWSSDK.SimpleSystemsManagement",
    ];

    private FunctionProcess Start() => FunctionProcess.Start(
        "Dispatcher.Function.dll", ("DOTNET_JitStdOutFile", _methods), ("DOTNET_JitDisasmSummary", "1"), ("AWS_REGION", "us-east-1"));

    private async Task<IReadOnlyList<string>> ReadContractsAsync() =>
    [
        .. Contract().Matches(await File.ReadAllTextAsync(_methods)).Select(static match => match.Groups["job"].Value).Distinct(),
    ];

    [GeneratedRegex(@"Dispatcher\.Jobs\.(?<job>\w+\.(\w+\.)?\w+)JsonContext:Create_\w+Parameters\(")]
    private static partial Regex Contract();
}
