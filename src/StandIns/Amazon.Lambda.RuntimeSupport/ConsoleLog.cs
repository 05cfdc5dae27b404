#nullable enable
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The log, written to standard output. While it is installed, lines that the function writes to the console become entries of it.
/// </summary>
/// <remarks>
/// The service sets <c>AWS_LAMBDA_LOG_LEVEL</c> and <c>AWS_LAMBDA_LOG_FORMAT</c> from the function's logging configuration.
/// </remarks>
internal sealed class ConsoleLog
{
    private static readonly Lock Installing = new();
    private static ConsoleLog? _installed;

    private readonly LogLevel _minimum = Level(Variable("LEVEL")) ?? LogLevel.Information;
    private readonly string _format = Variable("FORMAT")?.ToUpperInvariant() ?? string.Empty;
    private readonly TextWriter _standardOutput;
    private readonly TextWriter _consoleOut;

    private ConsoleLog(TextWriter standardOutput, TextWriter standardError)
    {
        _standardOutput = standardOutput;
        Console.SetOut(new FormattingWriter(standardOutput, (inner, line) => Write(inner, LogLevel.Information, null, line, [])));
        Console.SetError(new FormattingWriter(standardError, (inner, line) => Write(inner, LogLevel.Error, null, line, [])));
        _consoleOut = Console.Out;
    }

    /// <summary>Gets or sets the request that entries belong to.</summary>
    public string? RequestId { get; set; }

    /// <summary>Replaces the console's writers, unless they are replaced already.</summary>
    public static ConsoleLog Install()
    {
        lock (Installing)
        {
            return _installed is { } installed && ReferenceEquals(Console.Out, installed._consoleOut)
                ? installed
                : _installed = new ConsoleLog(Console.Out, Console.Error);
        }
    }

    // The service says INFO, WARN and FATAL where .NET says Information, Warning and Critical.
    public static LogLevel? Level(string? level) => level?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        _ => null,
    };

    public void Write(LogLevel? level, Exception? exception, string? message, object?[] args) =>
        Write(_standardOutput, level, exception, message, args);

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"AWS_LAMBDA_HANDLER_LOG_{name}") is { Length: > 0 } own
            ? own
            : Environment.GetEnvironmentVariable($"AWS_LAMBDA_LOG_{name}");

    private void Write(TextWriter writer, LogLevel? level, Exception? exception, string? message, object?[] args)
    {
        var rank = level ?? LogLevel.Information;
        if (rank >= _minimum)
        {
            var entry = new LogEntry(DateTimeOffset.UtcNow, RequestId, rank, LogTemplate.Fill(message, args), exception);
            writer.WriteLine(_format switch
            {
                "JSON" => entry.ToJson(),
                "UNFORMATTED" => entry.ToUnformatted(),
                _ => entry.ToText(),
            });
        }
    }
}
