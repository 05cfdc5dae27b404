using Dispatcher.Hosting;

namespace Dispatcher.Tests.History;

/// <summary>Questions to the history, and what is said if several runs answer.</summary>
public sealed class QueryTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly string RunId = Guid.CreateVersion7(Time).ToString();

    [TestCase(null, null, true)]
    [TestCase(8, null, true)]
    [TestCase(0, null, true)]
    [TestCase(-1, null, false)]
    [TestCase(null, 0, true)]
    [TestCase(null, -1, true)]
    [TestCase(null, 1, false)]
    [TestCase(8, 1, false)]
    public void AuditQuery_Includes_TheRunsOfItsIdAndTime(int? idLength, int? sinceSeconds, bool expected)
    {
        var query = new AuditQuery
        {
            RunId = idLength switch { null => null, < 0 => "ffffffff", { } length => RunId[..length].ToUpperInvariant() },
            Since = sinceSeconds is { } seconds ? Time.AddSeconds(seconds) : null,
        };

        Assert.That(query.Includes(RunId), Is.EqualTo(expected));
    }

    [TestCase(null, null, null, true)]
    [TestCase("cleanup", 0, JobStatus.Failed, true)]
    [TestCase("other", null, null, false)]
    [TestCase(null, 1, null, false)]
    [TestCase(null, null, JobStatus.Succeeded, false)]
    public void RunQuery_Includes_TheRunsThatMeetAllItsFilters(string? job, int? sinceSeconds, JobStatus? status, bool expected)
    {
        var query = new RunQuery { Job = job, Since = sinceSeconds is { } seconds ? Time.AddSeconds(seconds) : null, Status = status };

        Assert.That(query.Includes("cleanup", Time, JobStatus.Failed), Is.EqualTo(expected));
    }

    [TestCase(2, "id-1, id-2")]
    [TestCase(5, "id-1, id-2, id-3, id-4, id-5")]
    [TestCase(6, "id-1, id-2, id-3, id-4, id-5, …")]
    public void AmbiguousRunException_Message_NamesTheFirstFive(int count, string shown) => Assert.That(
        new AmbiguousRunException("id-", [.. Enumerable.Range(1, count).Select(static index => $"id-{index}")]).Message,
        Is.EqualTo($"Several runs have an id that begins with 'id-': {shown}. Give more of the id."));

    [Test]
    public void LeaseHolders_Combine_IsOnePerRunFromItsFirstToItsLastLease() => Assert.That(
        LeaseHolders.Combine(
        [
            new LeaseHolder("late", Time.AddSeconds(9), Time.AddSeconds(10)),
            new LeaseHolder("b", Time, Time.AddSeconds(5)),
            new LeaseHolder("late", Time.AddSeconds(8), Time.AddSeconds(12)),
            new LeaseHolder("a", Time, Time.AddSeconds(5)),
        ]),
        Is.EqualTo(new[]
        {
            new LeaseHolder("a", Time, Time.AddSeconds(5)),
            new LeaseHolder("b", Time, Time.AddSeconds(5)),
            new LeaseHolder("late", Time.AddSeconds(8), Time.AddSeconds(12)),
        }));
}
