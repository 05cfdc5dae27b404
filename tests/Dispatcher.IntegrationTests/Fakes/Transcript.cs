using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>What a server answered to a sequence of calls, in words that do not depend on the server.</summary>
internal sealed class Transcript
{
    private readonly List<string> _lines = [];

    public IEnumerable<string> DifferencesFrom(Transcript other) =>
        Enumerable.Range(0, Math.Max(_lines.Count, other._lines.Count))
            .Select(index => (Own: _lines.ElementAtOrDefault(index), Other: other._lines.ElementAtOrDefault(index)))
            .Where(static pair => pair.Own != pair.Other)
            .Select(static pair => $"{pair.Own} - instead of - {pair.Other}");

    /// <summary>Makes a call and writes down its answer, or how it was refused.</summary>
    public async Task AddAsync<T>(string step, Func<Task<T>> call, Func<T, object?> read)
    {
        try
        {
            _lines.Add($"{step}: {read(await call())}");
        }
        catch (TransactionCanceledException exception)
        {
            var reasons = exception.CancellationReasons.Select(static reason =>
                $"{reason.Code}{(reason.Item is { Count: > 0 } item ? $" {Text(item)}" : string.Empty)}");
            _lines.Add($"{step}: canceled [{string.Join(", ", reasons)}]");
        }
        catch (ConditionalCheckFailedException exception)
        {
            _lines.Add($"{step}: condition failed {(exception.Item is { Count: > 0 } item ? Text(item) : string.Empty)}");
        }
        catch (AmazonServiceException exception)
        {
            // moto leaves 'Exception' out of some codes.
            _lines.Add($"{step}: {(int)exception.StatusCode} "
                + $"{exception.ErrorCode?.Replace("Exception", string.Empty, StringComparison.Ordinal)}");
        }
    }

    public static string Text(Dictionary<string, AttributeValue>? item) =>
        string.Join(' ', (item ?? [])
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key}={pair.Value.S ?? pair.Value.N}"));
}
