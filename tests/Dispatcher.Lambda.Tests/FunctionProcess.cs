using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Lambda.Tests;

/// <summary>The function as a separate process, started as Lambda does, with a Runtime API on loopback.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(4));
    private readonly Process _process;
    private readonly Task<string> _standardOutput;
    private readonly Task<string> _standardError;

    private FunctionProcess(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
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
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly)], environment);

    /// <summary>Starts a program that writes a line to standard output for each method that the JIT compiles.</summary>
    /// <param name="assembly">The program's assembly: beside the tests, or a path.</param>
    /// <param name="environment">Its environment variables; if two have the same name, the last one applies.</param>
    public static FunctionProcess StartListingMethods(string assembly, params (string Name, string Value)[] environment) =>
        // The lines in the buffer of the JIT would be lost when the process is ended; stdbuf makes it write each one at once.
        new(
            "stdbuf",
            ["--output=L", "dotnet", Path.Combine(AppContext.BaseDirectory, assembly)],
            [.. environment, ("DOTNET_JitDisasmSummary", "1")]);

    /// <summary>Starts a native executable.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="environment">Its environment variables; if two have the same name, the last one applies.</param>
    public static FunctionProcess StartNative(string program, params (string Name, string Value)[] environment) =>
        new(program, [], environment);

    /// <summary>Starts a class library as the bootstrap script of Lambda's managed runtime does.</summary>
    /// <param name="package">The folder of the package.</param>
    /// <param name="handler"><c>Assembly::Namespace.Type::Method</c>.</param>
    /// <param name="environment">Its environment variables; if two have the same name, the last one applies.</param>
    public static FunctionProcess StartClassLibrary(
        string package, string handler, params (string Name, string Value)[] environment)
    {
        var assembly = Path.Combine(package, handler.Split("::")[0]);
        var runtime = Path.Combine(AppContext.BaseDirectory, "runtime", "Amazon.Lambda.RuntimeSupport.dll");
        return new(
            "dotnet",
            ["exec", "--depsfile", $"{assembly}.deps.json", "--runtimeconfig", $"{assembly}.runtimeconfig.json", runtime, handler],
            environment);
    }

    public Task<FakeRuntimeApi.Answer> InvokeAsync(string payload) => InvokeAsync(Encoding.UTF8.GetBytes(payload));

    public Task<FakeRuntimeApi.Answer> InvokeAsync(byte[] payload) => Api.InvokeAsync(payload, _timeout.Token);

    /// <summary>Waits until the function is ready for its snapshot.</summary>
    public Task WaitForSnapshotAsync() => Api.WaitForSnapshotAsync(_timeout.Token);

    public Task<FakeRuntimeApi.Answer> NextAnswerAsync() => Api.NextAnswerAsync(_timeout.Token);

    /// <summary>Reads the names of the assemblies that the process has loaded.</summary>
    public IReadOnlyCollection<string> ReadAssemblies() =>
    [
        .. File.ReadLines($"/proc/{_process.Id}/maps").Where(static line => line.EndsWith(".dll", StringComparison.Ordinal))
            .Select(static line => Path.GetFileNameWithoutExtension(line)).Distinct(),
    ];

    /// <summary>Ends the process and takes what it wrote to standard output; a line that is not JSON throws.</summary>
    public async Task<IReadOnlyList<JsonElement>> StopAsync() => [.. (await StopRawAsync()).Select(static line => JsonElement.Parse(line))];

    /// <summary>Ends the process and takes the lines that it wrote to standard output.</summary>
    public async Task<IReadOnlyList<string>> StopRawAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(_timeout.Token);
        Assert.That(await _standardError, Is.Empty, "nothing goes to standard error");
        var output = await _standardOutput;
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(_timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits for the process to end by itself and takes what it wrote to standard error.</summary>
    public async Task<string> WaitForErrorAsync()
    {
        await WaitForExitAsync();
        return await _standardError;
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
