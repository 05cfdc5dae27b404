using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class TerminalLoggerTests
{
    [Test]
    public void Log_WarningsOfOneKind_ShowsTheFirstAndCountsTheOthers()
    {
        var terminal = new TestTerminal(errorWidth: 1_000);
        using (var provider = new TerminalLoggerProvider(terminal.Terminal, verbose: false))
        {
            var logger = provider.CreateLogger("test");
            for (var number = 1; number <= 40; number++)
            {
                LogWarning(logger, "Session {Session} has no object.", number);
            }

            LogWarning(logger, "{Message}", "The queue is full.");
            LogWarning(logger, "{Message}", "The disk is full.");
        }

        Assert.That(terminal.Error.Split('\n'), Is.EqualTo(new[]
        {
            "warn: Session 1 has no object.",
            "warn: The queue is full.",
            "warn: The disk is full.",
            "warn: 39 more warnings like this one (--verbose shows all): Session 1 has no object.",
            "",
        }));
    }

    [Test]
    public void Log_Verbose_ShowsEveryWarning()
    {
        var terminal = new TestTerminal(errorWidth: 1_000);
        using (var provider = new TerminalLoggerProvider(terminal.Terminal, verbose: true))
        {
            LogWarning(provider.CreateLogger("test"), "Session {Session} has no object.", 1);
            LogWarning(provider.CreateLogger("test"), "Session {Session} has no object.", 2);
        }

        Assert.That(terminal.Error, Is.EqualTo("warn: Session 1 has no object.\nwarn: Session 2 has no object.\n"));
    }

    [Test]
    public void Log_Errors_AreAllShown()
    {
        var terminal = new TestTerminal(errorWidth: 1_000);
        var logger = new TerminalLogger(terminal.Terminal, verbose: false);

        foreach (var number in (int[])[1, 2])
        {
            logger.Log(LogLevel.Error, default, number, exception: null, static (value, _) => $"Error {value}.");
        }

        Assert.That(terminal.Error, Is.EqualTo("error: Error 1.\nerror: Error 2.\n"));
    }

    private static void LogWarning(ILogger logger, string template, object value) =>
        logger.Log(
            LogLevel.Warning,
            default,
            new List<KeyValuePair<string, object?>> { new("Value", value), new("{OriginalFormat}", template) },
            exception: null,
            static (state, _) => System.Text.RegularExpressions.Regex.Replace(
                (string)state[^1].Value!, "{[A-Za-z]+}", $"{state[0].Value}", System.Text.RegularExpressions.RegexOptions.None));
}
