using System.Text;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda.Tests;

public sealed class LogLinesTests
{
    private static readonly LogLevel[] Levels = [.. Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None)];

    private CapturedOutput _captured = null!;

    [SetUp]
    public void SetUp() => _captured = new CapturedOutput();

    [TearDown]
    public void TearDown() => _captured.Dispose();

    [Test]
    public void Log_Message_IsOneLineOfJsonThatLambdaUnderstands()
    {
        using var services = Services();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Daily").LogWarning("Über {Count} \"items\"\nleft.", 3);

        Assert.That(_captured.Text, Is.EqualTo(
            """{"timestamp":"2026-11-22T03:00:00Z","level":"WARN","message":"Über 3 \"items\"\nleft.","category":"Jobs.Daily"}""" + "\n"));
    }

    [Test]
    public void Log_InScopes_WritesTheirNamedValuesInnermostFirst()
    {
        using var services = Services();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Daily");

        using (logger.BeginScope("Job:{Job} RunId:{RunId} RequestId:{RequestId}", "daily-uptime", "run-1", null))
        using (logger.BeginScope("{RunId} {Level}", "run-2", "not a level"))
        {
            logger.LogInformation("Hello.");
        }

        var line = _captured.Json[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.GetProperty("job").GetString(), Is.EqualTo("daily-uptime"));
            Assert.That(line.GetProperty("runId").GetString(), Is.EqualTo("run-2"));
            Assert.That(line.TryGetProperty("requestId", out _), Is.False);
            Assert.That(line.EnumerateObject().Select(member => member.Name), Is.Unique);
            Assert.That(line.GetProperty("level").GetString(), Is.EqualTo("INFO"));
        }
    }

    [Test]
    public void Log_Exception_WritesItsTypeAndItsWholeText()
    {
        using var services = Services();
        var exception = Assert.Catch<InvalidOperationException>(
            () => throw new InvalidOperationException("No.", new TimeoutException("Late.")));

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogError(exception, "Failed.");

        var line = _captured.Json[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.GetProperty("errorType").GetString(), Is.EqualTo("System.InvalidOperationException"));
            Assert.That(line.GetProperty("exception").GetString(), Is.EqualTo(exception!.ToString()).And.Contains("Late."));
        }
    }

    [Test]
    public void Log_ExceptionThatQuotesAConnectionString_MasksThePassword()
    {
        using var services = Services();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogError(new FormatException("Host=db;Password=s3cret"), "Failed.");

        Assert.That(_captured.Json[0].GetProperty("exception").GetString(), Does.Contain("Password=***").And.Not.Contain("s3cret"));
    }

    [Test]
    public void Log_TextsOfTheWorstKind_StaysBelowTheLimitOfALogEvent()
    {
        using var services = Services();
        var worst = new string('\u0001', 100_000);

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogError(new InvalidOperationException(worst), "{Text}", worst);

        Assert.That(Encoding.UTF8.GetByteCount(_captured.Text), Is.LessThan(LambdaOutput.MaxLineLength));
    }

    [Test]
    public void Log_BrokenUnicode_IsStillWritten()
    {
        using var services = Services();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogInformation("{Text}", "a\uD83D");

        Assert.That(_captured.Json[0].GetProperty("message").GetString(), Does.StartWith("a"));
    }

    [TestCase(null, LogLevel.Information)]
    [TestCase("", LogLevel.Information)]
    [TestCase("TRACE", LogLevel.Trace)]
    [TestCase("DEBUG", LogLevel.Debug)]
    [TestCase("INFO", LogLevel.Information)]
    [TestCase("warn", LogLevel.Warning)]
    [TestCase("ERROR", LogLevel.Error)]
    [TestCase("FATAL", LogLevel.Critical)]
    public void Log_LevelConfigured_WritesFromThatLevelOn(string? configured, LogLevel least)
    {
        using var services = Services(configured);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("x");

        foreach (var level in Levels)
        {
            logger.Log(level, "A line.");
        }

        Assert.That(
            _captured.Json.Select(line => line.GetProperty("level").GetString()),
            Is.EqualTo(Levels.Where(level => level >= least).Select(LambdaLogLevel.NameOf)));
    }

    [Test]
    public void Log_LevelNotKnown_SaysWhatToSet()
    {
        using var services = Services("loud");

        Assert.That(
            services.GetRequiredService<ILoggerFactory>,
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The environment variable AWS_LAMBDA_LOG_LEVEL is 'loud'. Set it to TRACE, DEBUG, INFO, WARN, ERROR or FATAL."));
    }

    private ServiceProvider Services(string? level = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(new TestClock());
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>("AWS_LAMBDA_LOG_LEVEL", level)]).Build());
        services.AddMaintenanceDispatcher().AddLogLines();
        return services.BuildServiceProvider();
    }
}
