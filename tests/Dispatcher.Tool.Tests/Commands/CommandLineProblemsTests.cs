namespace Dispatcher.Tool.Tests.Commands;

public sealed class CommandLineProblemsTests
{
    [TestCase("There is no command 'lst'. Did you mean 'list'?", "lst")]
    [TestCase("There is no command 'hel'. Did you mean 'help'?", "hel")]
    [TestCase("There is no option '--dryrun'. Did you mean '--dry-run'?", "run", "daily-uptime", "--dryrun")]
    [TestCase("There is no option '--dryrun' here, and a job cannot have that name. Did you mean '--dry-run'?", "run", "--dryrun")]
    [TestCase("Did you mean '--since'?", "history", "--sinc", "3d")]
    [TestCase("'until=2026' is not understood. To set a parameter, write -p until=2026.", "run", "daily-uptime", "until=2026")]
    [TestCase("There is no command 'upp'. Did you mean 'up'?", "local", "upp")]
    [TestCase("There is no option '--verbos'. Did you mean '--verbose'?", "local", "up", "--verbos")]
    [TestCase("'more' is not understood: 'list' takes no more words.", "list", "more")]
    public async Task Run_MisspeltWord_SuggestsTheRightOne(string expected, params string[] words)
    {
        var terminal = new TestTerminal(width: 200);

        Assert.That(await terminal.RunAsync(words), Is.EqualTo(2));
        Assert.That(terminal.Error, Does.Contain(expected).And.Match("See:\n  dispatch( \\w+)* --help\n"));
        Assert.That(terminal.Error.Split("error:"), Has.Length.EqualTo(2), terminal.Error);
    }

    [TestCase("'--limit' must be a whole number, but is 'abc'.", "history", "--limit", "abc")]
    [TestCase("'--limit' must be a whole number, but is '1.5'.", "plan", "show", "x", "--limit", "1.5")]
    [TestCase("'--limit' must be at most 2147483647, but is '99999999999'.", "history", "--limit", "99999999999")]
    [TestCase("'--skip' must be a whole number, but is 'abc'.", "show", "x", "--skip", "abc")]
    [TestCase("'--interval' must be a whole number, but is '10s'.", "status", "--interval", "10s")]
    [TestCase("'--next' must be a whole number, but is '5x'.", "schedules", "--next", "5x")]
    [TestCase("'--timeout' must be a whole number, but is '1m'.", "invoke", "--timeout", "1m")]
    [TestCase("'--shards' must be a whole number, but is 'four'.", "run", "daily-uptime", "--shards", "four")]
    [TestCase("'--max-age' must be a number such as 0.5, but is '1d'.", "apply", "plan.jsonl", "--max-age", "1d")]
    [TestCase("'--max-age' must be a number such as 0.5, but is '1,5'.", "apply", "plan.jsonl", "--max-age", "1,5")]
    [TestCase("'--max-age-hours' must be a number such as 0.5, but is '1h'.", "schedules", "advise", "--max-age-hours", "1h")]
    [TestCase("'--max-changes' must be a whole number, but is 'abc'.", "run", "daily-uptime", "--max-changes", "abc")]
    [TestCase("'--max-bytes' must be a whole number, but is '1GB'.", "run", "daily-uptime", "--max-bytes", "1GB")]
    [TestCase("'--max-changes-percent' must be a number such as 0.5, but is 'x'.", "run", "daily-uptime", "--max-changes-percent", "x")]
    public async Task Run_ValueThatIsNotANumber_SaysWhatTheOptionExpects(string expected, params string[] words)
    {
        var terminal = new TestTerminal(width: 200);

        Assert.That(await terminal.RunAsync(words), Is.EqualTo(2));
        Assert.That(terminal.Error, Does.Contain(expected).And.Not.Contain("System."));
        Assert.That(terminal.Error.Split("error:"), Has.Length.EqualTo(2), terminal.Error);
    }

    [TestCase("Runs maintenance jobs on this machine")]
    [TestCase("Runs maintenance jobs on this machine", "help")]
    [TestCase("Run a job, or plan its changes", "help", "run")]
    [TestCase("Run an AWS emulator", "local")]
    [TestCase("Show whether the servers are running", "help", "local", "status")]
    public async Task Run_NoCommandOrHelp_IsHelp(string expected, params string[] words)
    {
        var terminal = new TestTerminal();

        Assert.That(await terminal.RunAsync(words), Is.Zero, terminal.Error);
        Assert.That(terminal.Out, Does.Contain(expected).And.Contain("Usage:"));
    }

    [Test]
    public async Task Help_OfEveryCommand_Fits80Columns()
    {
        var terminal = new TestTerminal(width: 80);

        await terminal.RunAsync("--help");

        Assert.That(
            terminal.Out.Split('\n').SkipWhile(line => !line.StartsWith("Examples:", StringComparison.Ordinal))
                .Where(line => line.TrimEnd().Length > 80 || line.EndsWith(' ')),
            Is.Empty);
    }

    [Test]
    public async Task TimeZone_Default_IsShownAlike()
    {
        var (report, schedules) = (new TestTerminal(), new TestTerminal());

        await report.RunAsync("report", "--help");
        await schedules.RunAsync("schedules", "--help");

        Assert.That(report.Out, Does.Match(@"--time-zone <ZONE>[^\[]*\[default: UTC\]"));
        Assert.That(schedules.Out, Does.Match(@"--time-zone <ZONE>[^\[]*\[default: UTC\]").And.Not.Contain("-p,"));
    }
}
