using System.ComponentModel;
using System.Diagnostics;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Runs the Python tools that know CloudFormation: cfn-lint, the SAM translator, moto.</summary>
internal static class PythonTool
{
    private const string Remedy = "Run tests/run, or: python3 -m pip install cfn-lint aws-sam-translator boto3 'moto[all]'";

    /// <summary>Runs <c>python3</c>.</summary>
    /// <returns>What it wrote to standard output, and its exit code.</returns>
    /// <exception cref="AssertionException">Python or a package is missing; the message says what to install.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (error.Contains("ModuleNotFoundError", StringComparison.Ordinal) || error.Contains("No module named", StringComparison.Ordinal))
        {
            Assert.Fail($"A Python package is missing. {Remedy}\n{error}");
        }

        TestContext.Out.WriteLine(error);
        return (process.ExitCode, await output);
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new AssertionException($"python3 cannot be started: {exception.Message} Install Python 3. {Remedy}", exception);
        }
    }
}
