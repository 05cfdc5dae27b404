using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The options of <c>run</c> that set the limits of the payload.</summary>
internal sealed class LimitOptions
{
    private readonly (string Field, Option<string?> Option)[] _options =
    [
        ("maxChanges", Create("--max-changes", isWhole: true, "Stop before more than N changes. Cannot raise a limit of job or settings.")),
        (
            "maxChangesPercent",
            Create("--max-changes-percent", isWhole: false, "Stop before more than N percent of the examined items are changed.")),
        ("maxBytes", Create("--max-bytes", isWhole: true, "Stop before more than N bytes are freed.")),
        ("maxChangesPerSecond", Create("--max-changes-per-second", isWhole: true, "Slow down to N changes per second.")),
    ];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var (_, option) in _options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options that were given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The options with their values as they were written.</returns>
    public IReadOnlyList<GivenLimit> Read(ParseResult parsed) =>
    [
        .. from entry in _options
           let value = parsed.GetValue(entry.Option)
           where value is not null
           select new GivenLimit(entry.Option.Name, entry.Field, value),
    ];

    /// <summary>Creates the field <c>limits</c> of a payload. A number out of range is left to the reader to refuse.</summary>
    /// <param name="limits">The options that were given.</param>
    /// <returns>The field.</returns>
    public static JsonObject ToJson(IEnumerable<GivenLimit> limits)
    {
        var json = new JsonObject();
        foreach (var limit in limits)
        {
            json[limit.Field] = decimal.TryParse(limit.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(limit.Value);
        }

        return json;
    }

    private static Option<string?> Create(string name, bool isWhole, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"'{name}' must be {(isWhole ? "a whole number" : "a number such as 0.5")}, but is '{text}'.");
            }
        });
        return option;
    }
}
