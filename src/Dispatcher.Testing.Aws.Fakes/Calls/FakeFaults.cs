namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>
/// The faults that requests meet, as rules: <c>aws.Faults.On("s3:DeleteObject").AtCall(3).LoseAnswer()</c>. All rules that apply to a
/// request pause it and call their hooks; the first one with a fault decides how the request fails.
/// </summary>
public sealed class FakeFaults
{
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];

    internal FakeFaults(TimeProvider clock) => _clock = clock;

    /// <summary>Adds a rule for requests of an operation. It does nothing until it is given a fault, a pause or a hook.</summary>
    /// <param name="operation">
    /// The operation, such as <c>s3:DeleteObject</c>; <c>*</c> stands for any text: <c>s3:*</c>, <c>dynamodb:Batch*</c>, <c>*</c>.
    /// </param>
    /// <param name="target">What the request is about, such as <c>s3://bucket/key</c>; <c>*</c> stands for any text.</param>
    /// <returns>The rule.</returns>
    public FaultRule On(string operation, string target = "*")
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentException.ThrowIfNullOrEmpty(target);

        var rule = new FaultRule(operation, target, _clock);
        lock (_lock)
        {
            _rules.Add(rule);
        }

        return rule;
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>Selects the rules that apply to a request, and counts it in all that name its operation.</summary>
    internal IReadOnlyList<FaultRule> RulesFor(FakeCall call)
    {
        lock (_lock)
        {
            return _rules.Count == 0 ? [] : [.. _rules.Where(rule => rule.Meets(call))];
        }
    }
}
