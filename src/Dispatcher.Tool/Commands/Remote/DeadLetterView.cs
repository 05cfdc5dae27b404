using System.Text.Json;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;
using Dispatcher.Tool.Remote.DeadLetters;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The messages of what was not done, on the terminal and as JSON.</summary>
internal static class DeadLetterView
{
    private const int IdLength = 8;
    private const int MaxReason = 1000;

    /// <summary>Gets the beginning of the id, as lists show it.</summary>
    public static string ShortId(DeadLetter letter) => letter.Id[..Math.Min(IdLength, letter.Id.Length)];

    /// <summary>Writes the messages, queue by queue.</summary>
    /// <param name="console">The output.</param>
    /// <param name="queues">The queues that were read.</param>
    /// <param name="letters">The messages.</param>
    /// <param name="payloads">Describes the payloads.</param>
    /// <param name="now">The current time.</param>
    public static void Write(
        IAnsiConsole console,
        IReadOnlyList<DeadLetterQueue> queues,
        IReadOnlyList<DeadLetter> letters,
        DeadLetterPayload payloads,
        DateTimeOffset now)
    {
        foreach (var queue in queues)
        {
            var own = letters.Where(letter => letter.Queue == queue).ToList();
            var more = own.Count >= DeadLetterBox.MaxMessages ? "at least " : string.Empty;
            console.Write(new Spectre.Console.Text($"{queue.Name}: ", new Style(decoration: Decoration.Bold)));
            console.WriteLine(own.Count == 0 ? "empty" : $"{more}{Printable.Count(own.Count, "message")}");
            foreach (var letter in own)
            {
                WriteHead(console, letter, $"{AgeText.For(now - letter.At)} ago");
                WriteContent(console, letter, payloads);
                if (letter.Obstacle is { } obstacle)
                {
                    HangingText.Write(console, "    ", new(), $"Cannot be run again: {obstacle}.", new Style(Color.Olive));
                }
            }
        }
    }

    /// <summary>Writes the messages that something is about to be done with.</summary>
    /// <param name="console">The output.</param>
    /// <param name="letters">The messages.</param>
    /// <param name="payloads">Describes the payloads.</param>
    public static void WriteChosen(IAnsiConsole console, IReadOnlyList<DeadLetter> letters, DeadLetterPayload payloads)
    {
        const int Shown = 20;
        foreach (var letter in letters.Take(Shown))
        {
            WriteHead(console, letter, letter.Job is null ? letter.Queue.Name : letter.IsDryRun ? "dry run" : "real run");
            WriteContent(console, letter, payloads);
        }

        if (letters.Count > Shown)
        {
            console.WriteLine($"  … and {Printable.Count(letters.Count - Shown, "more message")}");
        }
    }

    /// <summary>Writes the messages as an array.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="letters">The messages.</param>
    public static void WriteJson(CliTerminal terminal, IEnumerable<DeadLetter> letters)
    {
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal)))
        {
            writer.WriteStartArray();
            foreach (var letter in letters)
            {
                Write(writer, letter);
            }

            writer.WriteEndArray();
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }

    private static void WriteContent(IAnsiConsole console, DeadLetter letter, DeadLetterPayload payloads)
    {
        if (payloads.Describe(letter) is { } payload)
        {
            HangingText.Write(console, "    ", new(), Printable.Text(payload));
        }

        HangingText.Write(console, "    ", new(), Printable.Text(PrintableText.Truncate(letter.Reason, MaxReason)));
    }

    private static void WriteHead(IAnsiConsole console, DeadLetter letter, string detail)
    {
        var tries = letter.Attempts is { } attempts ? $", tried {Printable.Count(attempts, "time")}" : string.Empty;
        HangingText.Write(
            console,
            $"  {ShortId(letter)}  ",
            new Style(decoration: Decoration.Bold),
            Printable.Text($"{letter.Job ?? "(no job)"}, {detail}{tries}, received {Printable.Count(letter.Received, "time")}"));
    }

    private static void Write(Utf8JsonWriter writer, DeadLetter letter)
    {
        writer.WriteStartObject();
        writer.WriteString("id", letter.Id);
        writer.WriteString("queue", letter.Queue.Name);
        writer.WriteString("job", letter.Job);
        writer.WriteBoolean("dryRun", letter.IsDryRun);
        writer.WriteString("at", letter.At.UtcDateTime);
        writer.WriteString("reason", letter.Reason);
        writer.WriteString("runId", letter.RunId);
        if (letter.Attempts is { } attempts)
        {
            writer.WriteNumber("attempts", attempts);
        }
        else
        {
            writer.WriteNull("attempts");
        }

        writer.WriteNumber("received", letter.Received);
        writer.WriteString("obstacle", letter.Obstacle);
        writer.WriteString("payload", letter.Payload);
        writer.WriteEndObject();
    }
}
