using System.Text;
using System.Text.Json;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Hosting;

namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Compares a pattern with an event in both of the ways that there are.</summary>
internal static class PatternCheck
{
    public static void Matches(string pattern, string @event, bool expected)
    {
        var compiled = Compile(pattern, out var problems);
        Assert.That(problems, Is.Empty);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled!.Matches(Json(@event)), Is.EqualTo(expected), $"{pattern} against {@event}");
            Assert.That(compiled.Explain(Json(@event)).Matches, Is.EqualTo(expected), $"the explanation of {pattern} against {@event}");
        }
    }

    public static EventPattern? Compile(string pattern, out IReadOnlyList<string> problems)
    {
        var found = new List<PatternProblem>();
        var compiled = EventPattern.Parse(Json(pattern), found);
        problems = [.. found.Select(static problem => problem.Message)];
        return compiled;
    }

    public static JsonElement Json(string text) => JobRequestReader.Parse(Encoding.UTF8.GetBytes(text));
}
