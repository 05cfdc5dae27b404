using System.Diagnostics;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>A local AWS with the stack <c>maintenance</c>, deployed from <c>serverless.template</c> with every job enabled.</summary>
internal sealed class DeployedStack : IAsyncDisposable
{
    private readonly Process _process;

    private DeployedStack(Process process, string url)
    {
        _process = process;
        Environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = url,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_DEFAULT_REGION"] = "eu-central-1",
            ["AWS_REGION"] = "eu-central-1",
        };
    }

    /// <summary>Gets the environment variables that direct a command to it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Starts it.</summary>
    /// <returns>The stack.</returns>
    public static async Task<DeployedStack> StartAsync()
    {
        var script = Repository.PathOf("tests/Dispatcher.Repository.Tests/Documents/serve_stack.py");
        var process = Process.Start(new ProcessStartInfo("python3", [script, Repository.PathOf("serverless.template")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();

        // The script prints one line once everything is there, and ends when its standard input does.
        return await process.StandardOutput.ReadLineAsync() is { } url
            ? new DeployedStack(process, url)
            : throw new AssertionException($"The stack could not be deployed. tests/run installs what the script needs.\n{await error}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
