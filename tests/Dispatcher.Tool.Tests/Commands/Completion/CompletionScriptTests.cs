using System.Diagnostics;
using Dispatcher.Testing;
using Dispatcher.Tool.Tests.Foreign;

namespace Dispatcher.Tool.Tests.Commands.Completion;

/// <summary>Runs the scripts in their shells, as far as a shell completes without a terminal.</summary>
public sealed class CompletionScriptTests
{
    private const string Job = "video-upload-cleanup";

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void WriteProgram()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        var program = _folder.Write(
            "dispatch", $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "dispatch.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    [OneTimeTearDown]
    public void DeleteProgram() => _folder.Dispose();

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("powershell")]
    public async Task Completion_Script_BelongsToTheConsumersTool(string shell)
    {
        var result = await AcmeJobs.RunAsync(_folder.Path, "completion", shell);

        ForeignWords.AssertNone(result.Output);
        Assert.That(result.Output, Does.Contain("acme").And.Contain("'[suggest]'").And.Not.Contain("{{"));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Completion_ToolIsNotOneWord_SaysWhatToDo()
    {
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync(AcmeJobs.Add, options => options.Name = "dotnet acme", "completion", "bash");

        Assert.That(exitCode, Is.EqualTo(2));
        var error = terminal.Error.ReplaceLineEndings(" ");
        Assert.That(error, Does.Contain("'dotnet acme' is not the name of one").And.Contain("DispatchToolOptions.Name"));
    }

    /// <summary>The second argument is what bash replaces: the word after the last ':' or '=' outside quotes.</summary>
    [TestCase("dispatch ru", "ru", "run")]
    [TestCase("dispatch run vid", "vid", Job)]
    [TestCase($"dispatch run {Job} -p orphans=", "", "delete|quarantine|report")]
    [TestCase($"dispatch run {Job} -p orphans=r", "r", "report")]
    [TestCase($"dispatch run {Job} -p 'orphans=r", "orphans=r", "orphans=report")]
    [TestCase($"dispatch run {Job} --parameter=orphans=r", "r", "report")]
    [TestCase($"dispatch run {Job} -p batchS", "batchS", "batchSize=")]
    [TestCase($"""dispatch run {Job} -p 'prefix=it'\''s: "q" $x `y` *' -p orphans=r""", "r", "report")]
    [TestCase("dispatch history --since 2026-01-01T00:0", "0", "")]
    [TestCase("dispatch run 'it", "'it", "")]
    [TestCase("dispatch show 0", "0", "")]
    public async Task Bash_Line_IsCompleted(string line, string replaced, string expected)
    {
        const string Script = """
            set -eu
            eval "$(dispatch completion bash)"
            complete -p dispatch >/dev/null
            COMP_LINE=$1 COMP_POINT=${#1}
            _dispatch_complete dispatch "$2" ''
            IFS='|'; printf '%s' "${COMPREPLY[*]-}"
            """;

        Assert.That(await RunAsync("bash", "-c", Script, "bash", line, replaced), Is.EqualTo(expected));
    }

    [TestCase("dispatch ru", "run")]
    [TestCase("dispatch run vid", Job)]
    [TestCase($"dispatch run {Job} -p orphans=", "orphans=delete|orphans=quarantine|orphans=report")]
    [TestCase($"""dispatch run {Job} -p 'prefix=it\'s: "q"' -p orphans=r""", "orphans=report")]
    public async Task Fish_Line_IsCompleted(string line, string expected)
    {
        const string Script = "dispatch completion fish | source; complete -C $argv[1]";

        var output = await RunAsync("fish", "--no-config", "-c", Script, line);

        Assert.That(output.TrimEnd('\n').Replace('\n', '|'), Is.EqualTo(expected));
    }

    /// <summary>Calls the function with the variables of zsh's completion, and records what it adds.</summary>
    [TestCase("ru", "run", "dispatch")]
    [TestCase("vid", Job, "dispatch", "run")]
    [TestCase("orphans=r", "orphans=report", "dispatch", "run", Job, "-p")]
    [TestCase("orphans=r", "orphans=report", "dispatch", "run", Job, "-p", "'prefix=it'\\''s: \"q\"'", "-p")]
    [TestCase("nothing", "files", "dispatch")]
    public async Task Zsh_Line_IsCompleted(string prefix, string expected, params string[] before)
    {
        const string Script = """
            compdef() { :; }
            compadd() { while [[ $1 != -- ]]; do shift; done; shift; (( $# )) && print -rl -- "$@"; true; }
            _files() { print files; }
            eval "$(dispatch completion zsh)"
            PREFIX=$1; shift
            words=("$@" "$PREFIX"); CURRENT=$#words
            _dispatch_complete
            """;

        var output = await RunAsync("zsh", ["-f", "-c", Script, "zsh", prefix, .. before]);

        Assert.That(output.TrimEnd('\n').Replace('\n', '|'), Is.EqualTo(expected));
    }

    [Test]
    public async Task PowerShell_Lines_AreCompleted()
    {
        const string Script = """
            dispatch completion powershell | Out-String | Invoke-Expression
            foreach ($line in [IO.File]::ReadAllLines('lines')) {
                $found = TabExpansion2 -inputScript $line -cursorColumn $line.Length
                $found.CompletionMatches.CompletionText -join '|'
            }
            """;
        _folder.Write("lines", $"""
            dispatch ru
            echo x; dispatch run vid
            dispatch run {Job} -p orphans=
            dispatch run {Job} -p 'prefix=it''s: "q"' -p orphans=r
            dispatch run {Job} -p "prefix=a b" -p orphans=r
            """);

        var output = await RunAsync(FindPowerShell(), "-NoProfile", "-File", _folder.Write("complete.ps1", Script));

        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "run", Job, "orphans=delete|orphans=quarantine|orphans=report", "orphans=report", "orphans=report",
        }));
    }

    /// <summary>Finds the one that tests/run installs, or the one on PATH.</summary>
    private static string FindPowerShell()
    {
        var installed = DocumentExamples.PathOf(Path.Combine(".local", "pwsh", "pwsh"));
        return File.Exists(installed) ? installed : "pwsh";
    }

    private async Task<string> RunAsync(string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["PATH"] = $"{_folder.Path}:{start.Environment["PATH"]}";
        foreach (var name in Dispatch.Foreign)
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That((process.ExitCode, await error), Is.EqualTo((0, "")));
        return output;
    }
}
