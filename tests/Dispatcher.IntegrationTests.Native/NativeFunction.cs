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

    /// <summary>Publishes into folders that no other build uses, because other tests publish at the same time.</summary>
    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        var root = DocumentExamples.PathOf(".");
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var command = File.ReadLines(Path.Combine(root, "docs/deploying.md")).Single(line =>
            line.StartsWith("dotnet publish src/Dispatcher.Function ", StringComparison.Ordinal)
            && line.Contains("PublishAot=true", StringComparison.Ordinal));
        Assert.That(command, Does.Contain($" -r {Processor} "));
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : Processor;

        Publishing = await Command.RunAsync(
            "dotnet",
            [
                .. command.Replace(Processor, processor, StringComparison.Ordinal).Split(' ').Skip(1),
                "-o", Folder, "--artifacts-path", DocumentExamples.PathOf(".local/native/artifacts"), "-p:RunAnalyzers=false",
            ],
            root,
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });

        Assert.That(Publishing.ExitCode, Is.Zero, Publishing.Everything);
    }
}
