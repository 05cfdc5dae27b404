using System.Runtime.InteropServices;
using Dispatcher.Lambda.Tests;
using Dispatcher.Repository.Tests;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>
/// The function as a native executable, published once for all tests with the command of docs/deploying.md. A warning of the compiler, such
/// as IL2026 or IL3050, fails the publish.
/// </summary>
[SetUpFixture]
public sealed class NativeFunction
{
    private const string Processor = "linux-x64";

    /// <summary>Gets the folder of the package.</summary>
    internal static string Folder { get; } = DocumentExamples.PathOf(".local/native/package");

    /// <summary>Gets what the publish has written.</summary>
    internal static CommandResult Publishing { get; private set; } = null!;

    /// <summary>Starts the executable, with a Runtime API.</summary>
    /// <param name="environment">Its environment variables.</param>
    internal static FunctionProcess Start(params (string Name, string Value)[] environment) =>
        FunctionProcess.StartNative(Path.Combine(Folder, "Dispatcher.Function"), environment);

    /// <summary>
    /// Runs a command of <c>dotnet</c> for this machine's processor, with outputs that no other build uses, because other tests build at
    /// the same time.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="more">More arguments.</param>
    internal static Task<CommandResult> RunAsync(string command, params string[] more)
    {
        Assert.That(command, Does.StartWith("dotnet ").And.Contain($" -r {Processor} "));
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : Processor;
        return Command.RunAsync(
            "dotnet",
            [
                .. command.Replace(Processor, processor, StringComparison.Ordinal).Split(' ').Skip(1), .. more,
                "--artifacts-path", DocumentExamples.PathOf(".local/native/artifacts"),
            ],
            DocumentExamples.PathOf("."),
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });
    }

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var command = File.ReadLines(DocumentExamples.PathOf("docs/deploying.md")).Single(line =>
            line.StartsWith("dotnet publish src/Dispatcher.Function ", StringComparison.Ordinal)
            && line.EndsWith("-p:PublishAot=true", StringComparison.Ordinal));

        Publishing = await RunAsync(command, "-o", Folder, "-p:RunAnalyzers=false");

        Assert.That(Publishing.ExitCode, Is.Zero, Publishing.Everything);
    }
}
