using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>
/// An event pattern in EventBridge's language: every field of the pattern has to match, a field matches if one of its alternatives does,
/// and fields that the pattern does not name are ignored.
/// </summary>
/// <remarks>
/// Where AWS's documentation and its library event-ruler differ, the documentation applies: numbers outside of <c>numeric</c> and
/// <c>anything-but</c> are compared as text, so that a pattern never matches more events here than it is documented to match. See
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html.
/// </remarks>
public sealed class EventPattern
{
    /// <summary>The length of a pattern that EventBridge accepts unless the account's quota has been raised.</summary>
    public const int DefaultMaxLength = 2048;

    /// <summary>The length to which the quota can be raised.</summary>
    public const int HighestMaxLength = 4096;

    private readonly JsonElement _source;
    private readonly IReadOnlyList<IReadOnlyList<FieldPattern>> _combinations;
    private readonly PatternPaths _paths;

    private EventPattern(JsonElement source, IReadOnlyList<IReadOnlyList<FieldPattern>> combinations)
    {
        (_source, _combinations) = (source, combinations);
        _paths = new PatternPaths(combinations.SelectMany(static fields => fields).Select(static field => field.Path));
    }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern, a JSON object.</param>
    /// <param name="problems">Receives everything for which EventBridge would refuse it.</param>
    /// <returns>The pattern; <see langword="null"/> if there are problems.</returns>
    public static EventPattern? Parse(JsonElement pattern, ICollection<PatternProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);

        var before = problems.Count;
        var combinations = new PatternCompiler(problems).Compile(pattern);
        return problems.Count > before ? null : new EventPattern(pattern, combinations);
    }

    /// <summary>Determines whether an event matches.</summary>
    /// <param name="event">The event. Anything but a JSON object has no fields.</param>
    /// <returns><see langword="true"/> if it matches.</returns>
    public bool Matches(JsonElement @event)
    {
        var fields = EventFields.Read(@event, _paths);
        var cache = new Dictionary<FieldPattern, FieldRequirement>(ReferenceEqualityComparer.Instance);
        return _combinations.Any(combination => ArrayConsistency.CanHold([.. combination.Select(field => Evaluate(field, fields, cache))]));
    }

    /// <summary>Explains whether an event matches: each field with the alternative that matched, or the reason why none did.</summary>
    /// <param name="event">The event.</param>
    /// <returns>The explanation of the combination of <c>$or</c> that matches, or of the one that comes closest.</returns>
    public PatternExplanation Explain(JsonElement @event)
    {
        var explainer = new PatternExplainer(EventFields.Read(@event, null));
        PatternExplanation? best = null;
        foreach (var combination in _combinations)
        {
            var explanation = explainer.Explain(combination);
            if (explanation.Matches)
            {
                return explanation;
            }

            best = best is null || explanation.Differences < best.Differences ? explanation : best;
        }

        return best!;
    }

    /// <summary>Prints the pattern as it was written.</summary>
    /// <returns>JSON, truncated and without secrets.</returns>
    public override string ToString() => PayloadText.Value(_source);

    private static FieldRequirement Evaluate(
        FieldPattern field, EventFields fields, Dictionary<FieldPattern, FieldRequirement> cache)
    {
        if (!cache.TryGetValue(field, out var requirement))
        {
            cache[field] = requirement = field.Evaluate(fields.At(field.Path));
        }

        return requirement;
    }
}
