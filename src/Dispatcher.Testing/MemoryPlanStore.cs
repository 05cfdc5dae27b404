using System.Collections.Concurrent;
using System.Text;
using Dispatcher.Plans;

namespace Dispatcher.Testing;

/// <summary>A store of plans in memory, for locations that begin with <c>memory:</c>. Thread-safe.</summary>
public sealed class MemoryPlanStore : IPlanStore
{
    private const string Scheme = "memory:";

    private readonly ConcurrentDictionary<string, byte[]> _plans = new(StringComparer.Ordinal);

    /// <summary>Gets the locations of the plans.</summary>
    public IReadOnlyCollection<string> Locations => [.. _plans.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc />
    public bool Handles(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.StartsWith(Scheme, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void EnsureAllowed(string location)
    {
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default) =>
        _plans.TryGetValue(location, out var plan)
            ? Task.FromResult<Stream>(new MemoryStream(plan))
            : throw new InvalidPlanException($"Plan '{location}' does not exist.");

    /// <inheritdoc />
    public async Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);

        var buffer = new MemoryStream();
        await contents.CopyToAsync(buffer, cancellationToken);
        if (!_plans.TryAdd(location, buffer.ToArray()))
        {
            throw new PermanentJobException($"'{location}' is there already, and a plan is never replaced.");
        }
    }

    /// <summary>Gets the text of an uncompressed plan.</summary>
    /// <param name="location">The location.</param>
    /// <returns>Its lines.</returns>
    public string Read(string location) => Encoding.UTF8.GetString(_plans[location]);

    /// <summary>Sets the text of a plan, for tests of plans that were changed.</summary>
    /// <param name="location">The location.</param>
    /// <param name="text">Its lines.</param>
    public void Write(string location, string text) => _plans[location] = Encoding.UTF8.GetBytes(text);
}
