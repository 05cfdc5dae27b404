using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Dispatcher.Jobs.Celery.Tests;

/// <summary>Random tasks in the form of payloads, the same for the same seed.</summary>
internal sealed class RandomTasks(int seed)
{
    private static readonly string[] Characters =
        ["a", "Z", "0", " ", "'", "\"", "\\", "/", "<", "&", "+", "\n", "\r", "\t", "\0",
         "\u0007", "\u007f", "\u00a0", "é", "ß", "\u2028", "東", "\ufeff", "🎉", "\U0010FFFF", "%", "{", "}", "None"];

    private readonly Random _random = new(seed);

    public JsonArray Next(int count) => new([.. Enumerable.Range(0, count).Select(_ => (JsonNode)Next())]);

    private JsonObject Next()
    {
        var task = new JsonObject { ["task"] = Name() };
        if (_random.Next(4) > 0)
        {
            task["args"] = new JsonArray([.. Enumerable.Range(0, _random.Next(5)).Select(_ => Value(0))]);
        }

        if (_random.Next(4) > 0)
        {
            task["kwargs"] = Object(0);
        }

        AddTimes(task);
        if (_random.Next(3) == 0)
        {
            task["priority"] = _random.Next(10);
        }

        if (_random.Next(5) == 0)
        {
            task["taskId"] = new Guid(Enumerable.Range(0, 16).Select(_ => (byte)_random.Next(256)).ToArray()).ToString();
        }

        return task;
    }

    private void AddTimes(JsonObject task)
    {
        switch (_random.Next(4))
        {
            case 0:
                task["countdown"] = _random.Next(100_000);
                task["expiresIn"] = _random.Next(100_001, 1_000_000);
                break;
            case 1:
                task["eta"] = Time(2027);
                task["expires"] = Time(2028);
                break;
        }
    }

    private string Time(int year)
    {
        var time = new DateTimeOffset(
            year, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(_random.Next(-840, 841))).AddTicks(_random.NextInt64(TimeSpan.TicksPerDay * 300));
        return time.ToString(_random.Next(2) == 0 ? "O" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private string Name() =>
        string.Join(
            '.', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => "_" + _random.Next().ToString("x", CultureInfo.InvariantCulture)));

    private JsonNode? Value(int depth) => _random.Next(depth > 3 ? 6 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 => JsonNode.Parse(Integer()),
        3 => JsonNode.Parse(Float()),
        4 or 5 => JsonValue.Create(Text()),
        6 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => Object(depth + 1),
    };

    private JsonObject Object(int depth)
    {
        var json = new JsonObject();
        for (var left = _random.Next(4); left > 0; left--)
        {
            json[Text()] = Value(depth + 1);
        }

        return json;
    }

    private string Integer() => _random.Next(3) switch
    {
        0 => _random.Next(-10, 10).ToString(CultureInfo.InvariantCulture),
        1 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        _ => "-" + _random.Next(1, 9) + string.Concat(Enumerable.Range(0, _random.Next(60)).Select(_ => _random.Next(10))),
    };

    private string Float()
    {
        double value;
        do
        {
            value = _random.Next(2) == 0 ? (_random.NextDouble() - 0.5) * 1000 : BitConverter.Int64BitsToDouble(
                _random.NextInt64(long.MinValue, long.MaxValue));
        }
        while (!double.IsFinite(value));

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (var left = _random.Next(12); left > 0; left--)
        {
            text.Append(Characters[_random.Next(Characters.Length)]);
        }

        return text.ToString();
    }
}
