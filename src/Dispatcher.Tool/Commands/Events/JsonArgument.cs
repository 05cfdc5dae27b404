using System.Text;
using System.Text.Json;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Events;

/// <summary>Functions that read JSON from the command line, a file or standard input.</summary>
internal static class JsonArgument
{
    /// <summary>Reads a value.</summary>
    /// <param name="terminal">The terminal, for standard input.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="given">JSON, <c>@file</c>, the path of a file, or <c>-</c>.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="BadInputException">It cannot be read, or is not JSON.</exception>
    public static JsonElement Read(CliTerminal terminal, string option, string given)
    {
        byte[] content = [];
        try
        {
            content = given switch
            {
                "-" => InputFile.ReadLimited(terminal.RawInput, "Standard input"),
                ['@', .. var path] => InputFile.Read(path, $"file of {option}"),
                _ when given.TrimStart() is ['{' or '[' or '"', ..] => Encoding.UTF8.GetBytes(given),
                _ => InputFile.Read(given, $"file of {option}"),
            };
            var json = JsonElement.Parse(content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content);
            return PayloadText.IsUnicode(json) ? json : throw new BadInputException(
                $"{option} has text that is not Unicode: invalid UTF-8, or an unpaired surrogate such as \\ud800. Correct it.");
        }
        catch (InvalidSourceException exception)
        {
            throw new BadInputException(exception.Message);
        }
        catch (JsonException)
        {
            throw new BadInputException($"{option} is not JSON: {UnreadableJson.Explain(content)}. Give JSON, @FILE, FILE or -.");
        }
    }
}
