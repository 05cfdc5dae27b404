using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>What is refused before any connection is made: the URL leads nowhere.</summary>
public sealed class BadPayloadTests
{
    [TestCase("""{"job":"daily-uptime","parameters":{"points":-1}}""", "Parameter 'points' is -1: it must be from 0 to 2147483647.")]
    [TestCase("""{"job":"daily-uptime","parameters":{"points":1.5}}""", "Parameter 'points' must be a whole number")]
    [TestCase("""{"job":"daily-uptime","parameters":{"points":1000000000000}}""", "Parameter 'points' must be a whole number")]
    [TestCase("""{"job":"daily-uptime","parameters":{"until":"2025-13-01"}}""", "Parameter 'until' must be a date such as \"2026-11-22\", but is \"2025-13-01\".")]
    [TestCase("""{"job":"daily-uptime","parameters":{"connection":"postgres://u:p@h/d"}}""", "never a URL")]
    [TestCase("""{"job":"refresh-materialized-view"}""", "Parameter 'view' is missing.")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":5}}""", "Parameter 'view' must be a view such as \"public.job_progress\", or a list of views, but is 5.")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":[]}}""", "Parameter 'view' must be a view")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"totals; DROP TABLE source"}}""", "is 'totals; DROP TABLE source', which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a.b.c"}}""", "which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"\"open"}}""", "which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":["a","a"]}}""", "lists a view twice")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":["\"a\"","A"]}}""", "lists a view twice")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":["a.*","\"a\".*"]}}""", "lists a view twice")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"*"}}""", "Write schema.name, or schema.* for all materialized views of a schema")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a.b*"}}""", "which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a.*.b"}}""", "which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","logTable":"a.*"}}""", "Write schema.name, with other characters")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","role":"none"}}""", "Parameter 'role' is \"none\": it must be the name of a role")]
    [TestCase("""{"job":"daily-uptime","parameters":{"role":""}}""", "Parameter 'role' is \"\"")]
    [TestCase("""{"job":"daily-uptime","parameters":{"role":"a\nb"}}""", "it must be the name of a role, of at most 63 characters")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","logTable":"x y"}}""", "Parameter 'logTable' is 'x y', which is not the name of a relation")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","connection":"x;Host=evil"}}""", "Parameter 'connection'")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","statisticsQuery":"SELECT 1; DROP TABLE source"}}""", "'statisticsQuery' holds 2 statements")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","statisticsQuery":"SELECT 1) AS x; COMMIT; DROP TABLE source; --"}}""", "'statisticsQuery' holds 3 statements")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","statisticsQuery":"DELETE FROM source"}}""", "'statisticsQuery' begins with DELETE")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","statisticsQuery":"SELECT 'open"}}""", "'statisticsQuery' cannot be read")]
    [TestCase("""{"job":"refresh-materialized-view","parameters":{"view":"a","lockTimeoutSeconds":0}}""", "it must be from 1 to 600")]
    public async Task RunAsync_BadParameter_IsRefusedWithTheRemedy(string payload, string expected)
    {
        await using var harness = PostgresJobs.Create("postgres://u@127.0.0.1:1/x");

        Assert.That(() => harness.RunAsync(payload), Throws.InstanceOf<JobRequestException>().With.Message.Contains(expected));
        Assert.That(harness.Runs.Records, Is.Empty);
    }
}
