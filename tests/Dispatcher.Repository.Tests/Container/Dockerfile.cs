using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dispatcher.Repository.Tests.Container;

/// <summary>Reads the instructions of the repository's Dockerfile.</summary>
internal static class Dockerfile
{
    /// <summary>Gets its path.</summary>
    public static string FullPath { get; } = Repository.PathOf("Dockerfile");

    private const string FirstStage = "build";
    private const string NativeStage = "native-build";

    /// <summary>Gets what the image starts without arguments of the user: ENTRYPOINT and CMD.</summary>
    public static IReadOnlyList<string> DefaultCommand => [.. Words("ENTRYPOINT"), .. Words("CMD")];

    /// <summary>Gets the entry point alone.</summary>
    public static IReadOnlyList<string> EntryPoint => Words("ENTRYPOINT");

    /// <summary>Gets the images that it builds on.</summary>
    public static IReadOnlyList<string> BaseImages =>
        [.. Lines().Select(static line => Argument(line, "FROM")).OfType<string>()
            .Select(static argument => argument.Split(' ').First(static word => word.Contains('/')))];

    /// <summary>Gets the commands of the stage that publishes the native executable.</summary>
    public static IReadOnlyList<string> NativeCommands => Arguments("RUN", NativeStage);

    /// <summary>Gets what the image of the native executable starts.</summary>
    public static IReadOnlyList<string> NativeEntryPoint => Words("ENTRYPOINT", "native");

    /// <summary>Writes the command that publishes, for this machine's processor and into a folder of this machine.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The command.</returns>
    public static string PublishTo(string folder)
    {
        var command = Arguments("RUN", FirstStage).Single();
        Assert.That(command, Does.StartWith("dotnet publish ").And.EndsWith(" -o /app").And.Contain("\"$TARGETARCH\""));
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return command.Replace("-o /app", $"-o '{folder}'", StringComparison.Ordinal)
            .Replace("\"$TARGETARCH\"", processor, StringComparison.Ordinal);
    }

    private static string[] Words(string instruction, string stage = "") =>
        JsonSerializer.Deserialize<string[]>(Arguments(instruction, stage).Single())!;

    /// <summary>Finds what an instruction has in a stage; the image itself is the last stage, which has no name.</summary>
    private static List<string> Arguments(string instruction, string stage)
    {
        var arguments = new List<string>();
        string? current = null;
        foreach (var line in Lines())
        {
            if (Argument(line, "FROM") is { } from)
            {
                current = from.Split(" AS ").ElementAtOrDefault(1) ?? string.Empty;
            }
            else if (current == stage && Argument(line, instruction) is { } argument)
            {
                arguments.Add(argument);
            }
        }

        return arguments;
    }

    private static string? Argument(string line, string instruction) =>
        line.StartsWith($"{instruction} ", StringComparison.Ordinal) ? line[(instruction.Length + 1)..].Trim() : null;

    private static IEnumerable<string> Lines() => File.ReadLines(FullPath);
}
