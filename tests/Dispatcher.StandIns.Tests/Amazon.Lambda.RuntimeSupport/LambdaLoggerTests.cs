using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.RuntimeSupport;

[TestFixture, NonParallelizable]
public sealed class LambdaLoggerTests
{
    [Test]
    public async Task Log_Text_CarriesRequestLevelAndArguments()
    {
        var lines = await WrittenAsync(static logger => logger.LogWarning("removed {count} of {total:N1}", 3, 4.0));

        Assert.That(lines, Has.Length.EqualTo(1));
        Assert.That(lines[0], Does.Match(@"^\d{4}-\d\d-\d\dT[\d:.]+Z\tthe-request\twarn\tremoved 3 of 4.0$"));
    }

    [Test]
    public async Task Log_Json_IsOneObjectPerLine()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_LOG_FORMAT"] = "JSON" };

        var lines = await WrittenAsync(static logger => logger.LogError(new FormatException("bad"), "failed"));

        var entry = JsonDocument.Parse(lines.Single()).RootElement;
        Assert.That(entry.GetProperty("level").GetString(), Is.EqualTo("Error"));
        Assert.That(entry.GetProperty("requestId").GetString(), Is.EqualTo("the-request"));
        Assert.That(entry.GetProperty("message").GetString(), Is.EqualTo("failed"));
        Assert.That(entry.GetProperty("errorMessage").GetString(), Is.EqualTo("bad"));
    }

    [Test]
    public async Task Log_BelowTheConfiguredLevel_IsLeftOut()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_LOG_LEVEL"] = "WARN" };

        var lines = await WrittenAsync(static logger =>
        {
            logger.LogInformation("quiet");
            logger.LogError("loud");
        });

        Assert.That(lines.Single(), Does.EndWith("loud"));
    }

    [Test]
    public async Task Console_LineInTextFormat_BecomesAnEntryAndRawOutputPasses()
    {
        var lines = await WrittenAsync(static _ =>
        {
            Console.WriteLine("""{"_aws":{}}""");
            Console.Write("raw\n");
            Console.WriteLine(7);
        });

        Assert.That(lines[0], Does.Match(@"^\S+Z\tthe-request\tinfo\t\{""_aws"":\{\}\}$"));
        Assert.That(lines[1], Is.EqualTo("raw"));
        Assert.That(lines[2], Does.EndWith("\tinfo\t7"));
    }

    [Test]
    public async Task Console_LineInJsonFormat_IsWrapped()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_LOG_FORMAT"] = "JSON" };

        var lines = await WrittenAsync(static _ => Console.WriteLine("""{"_aws":{}}"""));

        var entry = JsonDocument.Parse(lines.Single()).RootElement;
        Assert.That(entry.GetProperty("message").GetString(), Is.EqualTo("""{"_aws":{}}"""));
        Assert.That(entry.TryGetProperty("_aws", out _), Is.False);
    }

    [Test]
    public async Task Log_ExceptionInJsonFormat_HasTheShapeOfThePackage()
    {
        using var variables = new EnvironmentVariables { ["AWS_LAMBDA_LOG_FORMAT"] = "JSON" };

        var lines = await WrittenAsync(static _ => throw new FormatException("bad"));

        var entry = JsonDocument.Parse(lines.Single()).RootElement;
        Assert.That(entry.GetProperty("message").GetString(), Is.Empty);
        Assert.That(entry.GetProperty("errorType").GetString(), Is.EqualTo("System.FormatException"));
        Assert.That(entry.GetProperty("stackTrace")[0].GetString(), Is.EqualTo("System.FormatException: bad"));
    }

    [Test]
    public async Task Log_WithoutALevel_LeavesOutDebug()
    {
        var lines = await WrittenAsync(static logger =>
        {
            logger.LogDebug("quiet");
            logger.LogInformation("loud");
        });

        Assert.That(lines.Single(), Does.EndWith("loud"));
    }

    private static async Task<string[]> WrittenAsync(Action<ILambdaLogger> log)
    {
        await using var api = new RuntimeApiServer();
        using var stop = new CancellationTokenSource();
        api.Add("the-request", "1");
        var before = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            using var bootstrap = LambdaBootstrapBuilder
                .Create((input, context) =>
                {
                    log(context.Logger);
                    return Task.FromResult(input);
                })
                .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Authority)
                .Build();
            var run = bootstrap.RunAsync(stop.Token);
            await api.ReportAsync();
            await stop.CancelAsync();
            await run;
        }
        finally
        {
            Console.SetOut(before);
        }

        return written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
