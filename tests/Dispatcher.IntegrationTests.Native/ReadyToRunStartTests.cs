using Dispatcher.Lambda.Tests;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>
/// Bounds what a start of the function, published with ReadyToRun, loads and compiles until its first answer: the time of a cold start
/// depends on it. The benchmark <c>cold-start</c> measures the time.
/// </summary>
public sealed class ReadyToRunStartTests
{
    private static readonly string Folder = DocumentExamples.PathOf(".local/native/ready-to-run");

    /// <summary>The packages whose clients the registrations of jobs name. Their types are loaded; no client is created.</summary>
    private static readonly string[] Clients =
    [
        "AWSSDK.Core", "AWSSDK.DynamoDBv2", "AWSSDK.ECS", "AWSSDK.S3", "AWSSDK.SQS", "AWSSDK.SecurityToken",
        "AWSSDK.SimpleSystemsManagement", "Npgsql",
    ];

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        var command = File.ReadLines(DocumentExamples.PathOf("docs/deploying.md")).Single(static line =>
            line.StartsWith("dotnet publish src/Dispatcher.Function ", StringComparison.Ordinal)
            && line.Contains("-p:PublishReadyToRun=true", StringComparison.Ordinal));

        var publishing = await NativeFunction.RunAsync(command, "-o", Folder, "-p:RunAnalyzers=false");

        Assert.That(publishing.ExitCode, Is.Zero, publishing.Everything);
    }

    /// <param name="payload">The event.</param>
    /// <param name="assemblies">How many assemblies are loaded today.</param>
    /// <param name="methods">How many methods are compiled today.</param>
    [TestCase("""{"job":"$list"}""", 65, 270)]
    [TestCase("""{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/x"}}""", 68, 720)]
    public async Task Start_UntilItsAnswer_LoadsAndCompilesHardlyMoreThanToday(string payload, int assemblies, int methods)
    {
        await using var function = FunctionProcess.StartListingMethods(
            Path.Combine(Folder, "Dispatcher.Function.dll"), ("AWS_REGION", "us-east-1"), ("HttpTrigger__AllowedHosts__0", "127.0.0.1"));

        var answer = await function.InvokeAsync(payload);
        var loaded = function.ReadAssemblies();
        var compiled = (await function.StopRawAsync()).Where(IsCounted).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Path, Does.EndWith("/response"), answer.Body.GetRawText());
            Assert.That(loaded.Where(IsClient), Is.SubsetOf(Clients));
            Assert.That(
                loaded,
                Has.Count.AtMost(WithMargin(assemblies)),
                $"{loaded.Count} assemblies loaded, {assemblies} before: {string.Join(' ', loaded.Order())}");
            Assert.That(compiled, Has.Some.Contains("Dispatcher."), "the test sees methods");
            Assert.That(compiled.Length, Is.AtMost(WithMargin(methods)), $"{compiled.Length} methods compiled, {methods} before");
        }
    }

    /// <summary>A twentieth more is allowed, for another patch of the runtime.</summary>
    private static int WithMargin(int count) => count + (count / 20);

    private static bool IsClient(string assembly) => assembly.StartsWith("AWSSDK.", StringComparison.Ordinal) || assembly == "Npgsql";

    /// <summary>
    /// Which methods of the HTTP client, and of the client of the Runtime API, are compiled depends on when bytes arrive. How many methods
    /// are compiled again depends on the time.
    /// </summary>
    private static bool IsCounted(string line) =>
        line.Contains(": JIT compiled ", StringComparison.Ordinal)
        && !line.Contains("[Tier1", StringComparison.Ordinal)
        && !line.Contains("System.Net.", StringComparison.Ordinal)
        && !line.Contains("Amazon.Lambda.RuntimeSupport", StringComparison.Ordinal);
}
