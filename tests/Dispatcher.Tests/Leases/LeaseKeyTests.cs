using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Limiting;
using Dispatcher.Runs;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Tests.Leases;

public sealed class LeaseKeyTests
{
    /// <summary>The SHA-256 of <c>{}</c>.</summary>
    private const string NoParameters = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly DateTimeOffset ScheduledTime = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Test]
    public void ForSlot_Id_IsInTheKeyWithTheHashAndTheContinuation()
    {
        Assert.That(Key(new JobRequest("j") { Id = "event-1" }), Is.EqualTo($"slot:event-1:{NoParameters}:0"));
        Assert.That(Key(new JobRequest("j") { Id = "event-1", Continuation = 2 }), Is.EqualTo($"slot:event-1:{NoParameters}:2"));
    }

    [Test]
    public void ForSlot_NoId_TakesTheScheduledTimeThenTheHostsRequestId()
    {
        var request = new JobRequest("j") { HostRequestId = "request-1" };

        Assert.That(Key(request), Is.EqualTo($"slot:request-1:{NoParameters}:0"));
        Assert.That(
            Key(request with { ScheduledTime = ScheduledTime }), Is.EqualTo($"slot:2026-11-22T03:00:00.0000000+00:00:{NoParameters}:0"));
    }

    [Test]
    public void ForSlot_NothingButTheRunsOwnId_IsNoKey() => Assert.That(Key(new JobRequest("j")), Is.Null);

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{ }")]
    public void ForSlot_EmptyParameters_AreAsNone(string parameters) =>
        Assert.That(Key(With(parameters)), Is.EqualTo($"slot:event-1:{NoParameters}:0"));

    [TestCase("""{"a":1,"b":{"c":[1,2],"d":"x"}}""", """{ "b" : {"d":"\u0078", "c":[1, 2]}, "a":1 }""")]
    [TestCase("""{"ä":null,"z":true}""", """{"z":true,"\u00e4":null}""")]
    public void ForSlot_SameParametersInAnotherOrder_AreTheSame(string left, string right) =>
        Assert.That(Key(With(left)), Is.EqualTo(Key(With(right))));

    /// <summary>A run of another version has to find the lease: the hash is that of the members in the order of their names.</summary>
    [Test]
    public void ForSlot_KnownParameters_IsTheKeyOfEveryVersion() => Assert.That(
        Key(With("""{"b":{"d":[2,1],"c":1},"a":2}""")),
        Is.EqualTo("slot:event-1:03d570cf33fa1417576255ba621435020972aa6469a7a52bec8a910984932eb3:0"));

    [TestCase(256, false)]
    [TestCase(257, true)]
    public void ForOverlap_LongName_IsHashed(int length, bool isHashed) =>
        Assert.That(
            LeaseKey.ForOverlap(new string('x', length)),
            isHashed ? Does.StartWith("overlap:sha256:") : Is.EqualTo($"overlap:{new string('x', length)}"));

    [TestCase("""{"a":1}""", """{"a":2}""")]
    [TestCase("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [TestCase("""{"a":"1"}""", """{"a":1}""")]
    [TestCase("""{"a":{"b":1}}""", """{"a":1,"b":1}""")]
    [TestCase("""{"a":null}""", "{}")]
    public void ForSlot_OtherParameters_AreOtherWork(string left, string right) =>
        Assert.That(Key(With(left)), Is.Not.EqualTo(Key(With(right))));

    [Test]
    public void ForSlot_LongestId_FitsEveryStore()
    {
        var key = Key(new JobRequest("j") { Id = new string('\u20AC', 256), Continuation = 999 })!;

        Assert.That(key, Has.Length.LessThanOrEqualTo(512));
        Assert.That(Encoding.UTF8.GetByteCount(key), Is.LessThan(900));
        Assert.That(key, Does.StartWith("slot:sha256:"));
        Assert.That(Key(new JobRequest("j") { Id = new string('\u20AC', 255) + "x", Continuation = 999 }), Is.Not.EqualTo(key));
    }

    [Test]
    public void ForOverlap_Name_IsApartFromSlots()
    {
        Assert.That(LeaseKey.ForOverlap("uploads"), Is.EqualTo("overlap:uploads"));
        Assert.That(LeaseKey.ForOverlap(new string('x', 1000)), Has.Length.LessThan(512));
    }

    private static JobRequest With(string parameters) => new("j") { Id = "event-1", Parameters = JsonElement.Parse(parameters) };

    private static string? Key(JobRequest request)
    {
        var job = new JobDescriptor("j", typeof(DelegateJob), JobParameters.None, new JobOptions());
        return LeaseKey.ForSlot(new JobRun(
            new BoundRequest(request, job, parameters: null),
            RunIdentity.Create(TimeProvider.System),
            dryRun: false,
            LimitsInForce.None,
            new RunServices(new FailureClassifier([]), [], new RecordingProgress(), NullLogger.Instance, TimeProvider.System)));
    }
}
