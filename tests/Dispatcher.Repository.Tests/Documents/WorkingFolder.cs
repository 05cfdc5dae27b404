namespace Dispatcher.Repository.Tests.Documents;

/// <summary>A temporary folder with the files of a clone that the documents' commands use, and with <c>dispatch</c> on PATH.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("documents-");

    /// <summary>Fills the folder.</summary>
    public WorkingFolder()
    {
        foreach (var file in Repository.Files("samples/*").Concat(["serverless.template", "aws-lambda-tools-defaults.json"]))
        {
            var copy = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }
    }

    /// <summary>Runs a script that ends with its first failure.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <returns>The result.</returns>
    public Task<CommandResult> RunAsync(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["PATH"] = $"{Repository.ToolFolder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["AWS_PAGER"] = string.Empty,
        };
        return Command.RunAsync("bash", ["-euo", "pipefail", "-c", script], _folder.FullName, variables);
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
