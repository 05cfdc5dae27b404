using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dispatcher.Repository.Tests.Container;

/// <summary>Reads the instructions of the repository's Dockerfile.</summary>
internal static class Dockerfile
{
    /// <summary>Gets its path.</summary>
    public static string FullPath { get; } = Repository.PathOf("Dockerfile");

    /// <summary>Gets what the image starts without arguments of the user: ENTRYPOINT and CMD.</summary>
    public static IReadOnlyList<string> DefaultCommand => [.. Words("ENTRYPOINT"), .. Words("CMD")];

    /// <summary>Gets the entry point alone.</summary>
    public static IReadOnlyList<string> EntryPoint => Words("ENTRYPOINT");

    /// <summary>Gets the images that it builds on.</summary>
    public static IReadOnlyList<string> BaseImages =>
        [.. Arguments("FROM").Select(arguments => arguments.Split(' ').First(word => word.Contains('/')))];

    /// <summary>Writes the command that publishes, for this machine's processor and into a folder of this machine.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The command.</returns>
    public static string PublishTo(string folder)
    {
        var command = Arguments("RUN").Single();
        Assert.That(command, Does.StartWith("dotnet publish ").And.EndsWith(" -o /app").And.Contain("\"$TARGETARCH\""));
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return command.Replace("-o /app", $"-o '{folder}'", StringComparison.Ordinal)
            .Replace("\"$TARGETARCH\"", processor, StringComparison.Ordinal);
    }

    private static string[] Words(string instruction) => JsonSerializer.Deserialize<string[]>(Arguments(instruction).Single())!;

    private static IEnumerable<string> Arguments(string instruction) =>
        File.ReadLines(FullPath)
            .Where(line => line.StartsWith($"{instruction} ", StringComparison.Ordinal))
            .Select(line => line[(instruction.Length + 1)..].Trim());
}
