using System.Text.Json;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.LocalServers.Supervision;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Cli.Tests.Commands.Sql;

/// <summary>Applies SQL files to a private PostgreSQL with the sample data.</summary>
public sealed class SqlApplyTests
{
    private TemporaryServer<PostgresServer> _server = null!;
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var installation = PostgresInstallation.Find()
            ?? throw new InvalidOperationException($"PostgreSQL is not installed. {PostgresInstallation.Remedy}");
        _server = await installation.StartTemporaryAsync(password: null, CancellationToken.None);
        _folder = new TemporaryFolder();
        await SampleDatabase.FillAsync(_server.Server.Url(), CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _server?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public async Task Apply_WrongName_ListsTheKnownOnes()
    {
        var result = await ApplyAsync(_server.Server.Url(), "002_nothing");

        Assert.That(result.Error, Is.EqualTo(
            "error: There is no file and no migration named '002_nothing'. Known migrations: 001_job_progress.sql.\n"));
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
    }

    [Test]
    public async Task Apply_NoDatabaseIsNamed_NamesTheVariableAndRunsNothing()
    {
        var result = await DispatchProcess.RunAsync(["sql", "apply", "001_job_progress", "--connection", "nowhere"]);

        Assert.That(result.Error, Does.StartWith("error: Connection 'nowhere' is not configured.").And.Contain("DATABASE_URL_NOWHERE"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Apply_ConnectionIsAUrl_RefusesItWithoutRepeatingIt()
    {
        var result = await ApplyAsync(_server.Server.Url(), "001_job_progress", "--connection", "postgres://u:secret@h/d");

        Assert.That(result.Error, Does.Contain("not a URL").And.Not.Contain("secret"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Apply_Twice_FindsTheSameObjectsBothTimes()
    {
        var file = _folder.Write("twice.sql",
            "CREATE TABLE IF NOT EXISTS twice (id int);\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS twice_key ON twice (id);");

        var first = await ApplyAsync(_server.Server.Url(), file);
        var second = await ApplyAsync(_server.Server.Url(), file, "--json");

        Assert.That(first.Output, Does.Contain("TABLE twice").And.Contain("INDEX twice_key").And.Contain(" APPLIED "), first.Error);
        Assert.That(first.Error, Is.EqualTo("1 of 2, line 1: CREATE TABLE IF NOT EXISTS twice (id int)\n"
                                            + "2 of 2, line 2: CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS twice_key ON twice (id)\n"));
        Assert.That(
            JsonDocument.Parse(second.Output).RootElement.GetProperty("created").EnumerateArray().Select(item => item.GetString()),
            Is.EqualTo(["TABLE twice", "INDEX twice_key"]));
        Assert.That((first.ExitCode, second.ExitCode, second.Error), Is.EqualTo((0, 0, "")));
    }

    [Test]
    public async Task Apply_StatementFails_NamesItsLineOnce()
    {
        var file = _folder.Write("fails.sql", "SELECT 1;\nSELECT nonsense;\nSELECT 2;");

        var result = await ApplyAsync(_server.Server.Url(), file);

        Assert.That(result.Error, Does.Contain("line 2: column \"nonsense\" does not exist (42703)").And.Not.Contain(
            "   at ").And.Not.Contain("3 of 3"));
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
    }

    [Test]
    public async Task Apply_WrongPassword_SaysSoWithoutThePassword()
    {
        var result = await ApplyAsync(
            _server.Server.Url().Replace(_server.Server.Password, "wrong-s3cret", StringComparison.Ordinal), "001_job_progress");

        Assert.That(result.Error, Does.StartWith("error: The password for database 'postgres'").And.Not.Contain(
            "wrong-s3cret").And.Not.Contain("   at "));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    private static Task<ProcessResult> ApplyAsync(string url, params string[] args) => Dispatch.RunAsync(
        ["sql", "apply", .. args], environment: new Dictionary<string, string> { ["DATABASE_URL"] = url });
}
