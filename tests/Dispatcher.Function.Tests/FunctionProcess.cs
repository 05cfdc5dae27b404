using System.Diagnostics;
using System.Text.Json;

namespace Dispatcher.Function.Tests;

/// <summary>Is the function as a process of its own, as Lambda starts it, served by a Runtime API on loopback.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(4));
    private readonly Process _process;
    private readonly Task<string> _standardOutput;
    private readonly Task<string> _standardError;

    private FunctionProcess(string assembly, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = Api.Address;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "maintenance";
        start.Environment["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
        start.Environment["AWS_LAMBDA_LOG_LEVEL"] = "INFO";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _standardOutput = _process.StandardOutput.ReadToEndAsync(_timeout.Token);
        _standardError = _process.StandardError.ReadToEndAsync(_timeout.Token);
    }

    public FakeRuntimeApi Api { get; } = new();

    /// <summary>Starts a program.</summary>
    /// <param name="assembly">The program's assembly: beside the tests, or a path.</param>
    /// <param name="environment">What stands in its environment; of two with one name the last counts.</param>
    public static FunctionProcess Start(string assembly, params (string Name, string Value)[] environment) =>
        new(Path.Combine(AppContext.BaseDirectory, assembly), environment.GroupBy(entry => entry.Name).ToDictionary(entries => entries.Key, entries => entries.Last().Value));

    public Task<FakeRuntimeApi.Answer> InvokeAsync(string payload) => Api.InvokeAsync(payload, _timeout.Token);

    public Task<FakeRuntimeApi.Answer> NextAnswerAsync() => Api.NextAnswerAsync(_timeout.Token);

    /// <summary>Ends the process and takes what it wrote to standard output; a line that is not JSON throws.</summary>
    public async Task<IReadOnlyList<JsonElement>> StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_timeout.Token);
        Assert.That(await _standardError, Is.Empty, "nothing goes to standard error");
        var output = await _standardOutput;
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(_timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _timeout.Dispose();
        Api.Dispose();
    }
}
