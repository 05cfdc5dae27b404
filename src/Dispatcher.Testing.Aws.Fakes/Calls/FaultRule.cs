using System.IO.Enumeration;

namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>
/// A rule about requests: which ones it applies to, and how these fail. Without a restriction it applies to every request of its operation.
/// </summary>
public sealed class FaultRule
{
    private readonly string _operation;
    private readonly string _target;
    private readonly TimeProvider _clock;
    private readonly List<Func<FakeCall, ValueTask>> _before = [];
    private readonly List<Func<FakeCall, ValueTask>> _after = [];
    private readonly List<Func<FakeCall, bool>> _restrictions = [];
    private readonly Lock _lock = new();
    private int _first = 1;
    private int _last = int.MaxValue;
    private int _seen;
    private int _met;
    private TimeSpan? _duration;
    private DateTimeOffset? _until;
    private Func<string, bool>? _failsEntry;
    private int _entries = int.MaxValue;

    internal FaultRule(string operation, string target, TimeProvider clock)
    {
        _operation = operation;
        _target = target;
        _clock = clock;
    }

    /// <summary>Gets how many requests the rule has applied to.</summary>
    public int Met => Volatile.Read(ref _met);

    internal FakeFault Fault { get; private set; }

    /// <summary>Restricts the rule to one request.</summary>
    /// <param name="number">Its number among the requests of the rule's operation and target, from 1.</param>
    /// <returns>The rule.</returns>
    public FaultRule AtCall(int number) => FromCall(number).UntilCall(number);

    /// <summary>Restricts the rule to a request and those after it.</summary>
    /// <param name="number">The number of the first one, from 1.</param>
    /// <returns>The rule.</returns>
    public FaultRule FromCall(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);

        _first = number;
        return this;
    }

    /// <summary>Restricts the rule to a request and those before it.</summary>
    /// <param name="number">The number of the last one.</param>
    /// <returns>The rule.</returns>
    public FaultRule UntilCall(int number)
    {
        _last = number;
        return this;
    }

    /// <summary>Restricts the rule to a time, which begins with the first request that it applies to.</summary>
    /// <param name="duration">The time, on the services' clock.</param>
    /// <returns>The rule.</returns>
    public FaultRule For(TimeSpan duration)
    {
        _duration = duration;
        return this;
    }

    /// <summary>Restricts the rule to a random share of the requests.</summary>
    /// <param name="probability">The share, from 0 to 1.</param>
    /// <param name="seed">The seed of the random numbers: the same seed selects the same requests.</param>
    /// <returns>The rule.</returns>
    public FaultRule WithProbability(double probability, int seed = 1)
    {
        var random = new Random(seed);
        return If(_ => random.NextDouble() < probability);
    }

    /// <summary>Restricts the rule to requests that a test selects.</summary>
    /// <param name="predicate">Determines whether the rule applies to a request.</param>
    /// <returns>The rule.</returns>
    public FaultRule If(Func<FakeCall, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);

        _restrictions.Add(predicate);
        return this;
    }

    /// <summary>Delays requests before they are executed.</summary>
    /// <param name="delay">The delay, on the services' clock.</param>
    /// <returns>The rule.</returns>
    public FaultRule Delay(TimeSpan delay) => Before(_ => new ValueTask(Task.Delay(delay, _clock)));

    /// <summary>Calls a hook before a request is executed, for example one that kills the process that sent it.</summary>
    /// <param name="hook">The hook. The request waits for it.</param>
    /// <returns>The rule.</returns>
    public FaultRule Before(Func<FakeCall, ValueTask> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);

        _before.Add(hook);
        return this;
    }

    /// <summary>Calls a hook after a request was executed and before it is answered.</summary>
    /// <param name="hook">The hook. The answer waits for it.</param>
    /// <returns>The rule.</returns>
    public FaultRule After(Func<FakeCall, ValueTask> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);

        _after.Add(hook);
        return this;
    }

    /// <summary>Fails requests in a way.</summary>
    /// <param name="fault">The way.</param>
    /// <returns>The rule.</returns>
    public FaultRule Fail(FakeFault fault)
    {
        Fault = fault;
        return this;
    }

    /// <summary>Answers with an internal error (status 500) without executing the request.</summary>
    /// <returns>The rule.</returns>
    public FaultRule ServerError() => Fail(FakeFault.ServerError);

    /// <summary>Refuses requests because there are too many, as the service does: <c>SlowDown</c> for S3.</summary>
    /// <returns>The rule.</returns>
    public FaultRule Throttle() => Fail(FakeFault.Throttled);

    /// <summary>Refuses requests because of a missing permission.</summary>
    /// <returns>The rule.</returns>
    public FaultRule Deny() => Fail(FakeFault.Denied);

    /// <summary>Cuts the connection without executing the request.</summary>
    /// <returns>The rule.</returns>
    public FaultRule CutConnection() => Fail(FakeFault.Cut);

    /// <summary>Executes the request, then cuts the connection: the answer is lost after the work was done.</summary>
    /// <returns>The rule.</returns>
    public FaultRule LoseAnswer() => Fail(FakeFault.ExecutedThenCut);

    /// <summary>
    /// Lets single entries of batches fail: <c>DeleteObjects</c>, <c>BatchWriteItem</c>, <c>SendMessageBatch</c> and others.
    /// </summary>
    /// <param name="fails">
    /// Determines whether an entry fails, by its key in S3, its target such as <c>dynamodb://table/key</c>, or its id in a batch of SQS.
    /// </param>
    /// <returns>The rule.</returns>
    public FaultRule FailEntries(Func<string, bool> fails)
    {
        ArgumentNullException.ThrowIfNull(fails);

        _failsEntry = fails;
        return this;
    }

    /// <summary>Lets batches process their first entries only; the others fail or come back as unprocessed.</summary>
    /// <param name="entries">How many entries of a request are processed.</param>
    /// <returns>The rule.</returns>
    public FaultRule ProcessAtMost(int entries)
    {
        _entries = entries;
        return this;
    }

    internal static bool Matches(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);

    /// <summary>Counts a request, and determines whether the rule applies to it.</summary>
    internal bool Meets(FakeCall call)
    {
        if (!Matches(_operation, call.Operation) || !Matches(_target, call.Target))
        {
            return false;
        }

        lock (_lock)
        {
            var number = ++_seen;
            if (number < _first || number > _last || !_restrictions.TrueForAll(restriction => restriction(call)) || IsOver())
            {
                return false;
            }

            _met++;
            return true;
        }
    }

    internal async ValueTask BeforeAsync(FakeCall call)
    {
        foreach (var hook in _before)
        {
            await hook(call);
        }
    }

    internal async ValueTask AfterAsync(FakeCall call)
    {
        foreach (var hook in _after)
        {
            await hook(call);
        }
    }

    /// <summary>Determines whether an entry of a batch fails.</summary>
    internal bool FailsEntry(string entry, int index) => index >= _entries || _failsEntry?.Invoke(entry) == true;

    private bool IsOver()
    {
        if (_duration is not { } duration)
        {
            return false;
        }

        _until ??= _clock.GetUtcNow() + duration;
        return _clock.GetUtcNow() >= _until;
    }
}
