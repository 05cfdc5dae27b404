using System.Text.RegularExpressions;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.Function.Tests;

/// <summary>
/// Counts what a cold start loads and compiles, because its time depends on it. The figures of a published function are in
/// docs/performance.md.
/// </summary>
public sealed partial class ColdStartTests
{
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
        var methods = await function.StopRawAsync();

        Assert.That(FindContracts(methods), Is.EqualTo(new[] { "Http.HttpTrigger" }));
    }

    [Test]
    public async Task Function_List_CreatesNoContract()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"$list"}""");
        var methods = await function.StopRawAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Has.Some.Contains("Dispatcher.Hosting.EmbeddedSchema:Read("), "the test sees methods");
            Assert.That(FindContracts(methods), Is.Empty);
            Assert.That(methods, Has.None.Contains("DispatcherJsonContext:Create_"));
            Assert.That(methods, Has.None.Contains("System.Text.Json.Schema."));
        }
    }

    /// <summary>A ReadyToRun image has no code for generic types and methods of the framework over value types, nor for Int128.</summary>
    [TestCase("""{"job":"$list"}""")]
    [TestCase("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""")]
    public async Task Function_FirstAnswer_NeedsNoCodeThatAnImageCannotHave(string payload)
    {
        await using var function = Start();
        await function.InvokeAsync(payload);
        var methods = await function.StopRawAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Has.Some.Contains("Dispatcher.Lambda.LambdaEntryPoint:"), "the test sees methods");
            Assert.That(methods, Has.None.Contains("SortedSet`1"));
            Assert.That(methods, Has.None.Contains("AsyncTaskMethodBuilder`1[System.Text.Json.JsonElement]"));
            Assert.That(methods, Has.None.Contains("System.Linq.Enumerable:ToArray[Dispatcher.Hosting.MetricValue]"));
            Assert.That(methods, Has.None.Contains("FirstOrDefault[System.Text.Json.JsonProperty]"));
            Assert.That(methods, Has.None.Contains("System.Int128:"));
        }
    }

    [Test]
    public async Task Function_DryRun_WritesItsRecordWithoutMetadata()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""");
        var methods = await function.StopRawAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Has.Some.Contains("Dispatcher.Hosting.RunRecordWriter:Write("), "the test sees methods");
            Assert.That(methods, Has.None.Contains("DispatcherJsonContext:Create_RunRecord("));
        }
    }

    [Test]
    public async Task Function_DryRun_CompilesNoServiceResolver()
    {
        await using var function = Start();
        await function.InvokeAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""");
        var methods = await function.StopRawAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(methods, Has.Some.Contains("Microsoft.Extensions.DependencyInjection."), "the test sees methods");
            Assert.That(methods, Has.None.Contains("ILEmitResolverBuilder"));
        }
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

    private static FunctionProcess Start() =>
        FunctionProcess.StartListingMethods("Dispatcher.Function.dll", ("AWS_REGION", "us-east-1"));

    private static string[] FindContracts(IReadOnlyList<string> methods) =>
        [.. methods.SelectMany(static line => Contract().Matches(line)).Select(static match => match.Groups["job"].Value).Distinct()];

    [GeneratedRegex(@"Dispatcher\.Jobs\.(?<job>\w+\.(\w+\.)?\w+)JsonContext:Create_\w+Parameters\(")]
    private static partial Regex Contract();
}
