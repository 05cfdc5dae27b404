using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>What a server answered to a sequence of calls, in words that do not depend on the server.</summary>
internal sealed class Transcript
{
    private readonly List<string> _lines = [];

    /// <summary>
    /// Lists where the fake differs from moto. At a known deviation the fake has to answer as AWS does, and moto otherwise; else the
    /// deviation is out of date.
    /// </summary>
    public IEnumerable<string> DifferencesFrom(Transcript moto, params MotoDeviation[] deviations)
    {
        var unused = deviations.ToList();
        for (var index = 0; index < Math.Max(_lines.Count, moto._lines.Count); index++)
        {
            var (own, other) = (_lines.ElementAtOrDefault(index), moto._lines.ElementAtOrDefault(index));
            var known = Array.Find(deviations, deviation => own?.StartsWith($"{deviation.Step}: ", StringComparison.Ordinal) == true);
            if (known is null ? own == other : own == $"{known.Step}: {known.Answer}" && own != other)
            {
                unused.Remove(known!);
            }
            else
            {
                yield return $"{own} - instead of - {(known is null ? other : $"{known.Answer} ({known.Reference}); moto: {other}")}";
            }
        }

        foreach (var deviation in unused)
        {
            yield return $"{deviation.Step} does not differ from moto any more; remove the deviation.";
        }
    }

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
        catch (DeleteObjectsException exception)
        {
            var response = exception.Response;
            _lines.Add($"{step}: [{string.Join(", ", (response.DeletedObjects ?? []).Select(static item => item.Key))}] "
                + string.Join(", ", response.DeleteErrors.Select(static error => $"{error.Key} {error.Code}")));
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
