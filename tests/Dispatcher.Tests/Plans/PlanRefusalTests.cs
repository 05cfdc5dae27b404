using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>A plan that must not be applied is refused before anything runs.</summary>
public sealed class PlanRefusalTests
{
    private const string NotSupported =
        "is not supported here. Use s3://BUCKET/plans/NAME.jsonl.gz with the bucket that PLAN_BUCKET names; the command line also supports "
        + "files.";

    private readonly PlannedWorld _world = new("a", "b", "c");
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
    private string _text = string.Empty;
    private JobHarness _harness = null!;

    [SetUp]
    public async Task WritePlanAsync()
    {
        _harness = _world.CreateHarness(timeProvider: _clock);
        await _harness.RunAsync(PlannedWorld.WritePayload);
        _text = _harness.Plans.Read(PlannedWorld.Location);
    }

    [TearDown]
    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [TestCase("version=1", "version=2")]
    [TestCase("\"target\":\"b\"", "\"target\":\"x\"")]
    [TestCase("\"bytes\":9", "\"bytes\":8")]
    [TestCase("\"complete\":true", "\"complete\":false")]
    [TestCase("\"job\":\"test-job\"", "\"job\":\"test-job\",\"parameters\":{}")]
    [TestCase("\"digest\":\"sha256:", "\"digest\":\"sha256:0")]
    public void Apply_PlanWasChanged_IsRefused(string what, string to)
    {
        Assert.That(_text, Does.Contain(what));
        _harness.Plans.Write(PlannedWorld.Location, _text.Replace(what, to, StringComparison.Ordinal));

        AssertRefused("was changed after it had been written: its digest does not match. Write a new plan.");
    }

    [Test]
    public void Apply_PlanWasCutOffAnywhere_IsRefused()
    {
        for (var length = 1; length < _text.Length - 1; length += 7)
        {
            _harness.Plans.Write(PlannedWorld.Location, _text[..length]);

            Assert.That(() => _harness.RunAsync(PlannedWorld.ApplyPayload), Throws.TypeOf<JobRequestException>(), $"{length} bytes");
        }

        _harness.Plans.Write(PlannedWorld.Location, _text[.._text.LastIndexOf("{\"type\":\"end\"", StringComparison.Ordinal)]);
        AssertRefused("has no end: the run that wrote it was interrupted, or the file was cut off.");
    }

    [TestCase("", "is empty, not a plan.")]
    [TestCase("{}", "is not a plan.")]
    [TestCase("[1]\n", "is not a plan.")]
    [TestCase("\u0000\u0001binary", "is not a plan.")]
    [TestCase("{\"type\":\"plan\",\"format\":\"2.0\"}\n", "has the format 2.0, and this dispatcher reads 1.0. Write a "
        + "new plan with this version of the dispatcher.")]
    [TestCase("{\"type\":\"plan\",\"format\":\"1.7\"}\n", "The first line of the plan 'memory:plan' cannot be read.")]
    public void Apply_NotAPlan_IsRefused(string text, string problem)
    {
        _harness.Plans.Write(PlannedWorld.Location, text);

        AssertRefused(problem);
    }

    [Test]
    public void Apply_LineIsTooLong_IsRefused()
    {
        _harness.Plans.Write(PlannedWorld.Location, new string('x', 2 * 1024 * 1024));

        AssertRefused("a line is longer than 1048576 bytes");
    }

    [Test]
    public void Apply_CompressedPlanIsDamaged_IsRefused()
    {
        _harness.Plans.Write(PlannedWorld.Location, "\u001f\u0000");

        AssertRefused("is not a plan");
    }

    [Test]
    public async Task Apply_PlanOfAnotherJob_IsRefused()
    {
        await using var other = new JobHarness(builder =>
        {
            builder.Services.AddSingleton<JobBody>(static (_, _) => throw new InvalidOperationException());
            builder.AddJob<DelegateJob>("other-job");
        });
        other.Plans.Write(PlannedWorld.Location, _text);

        Assert.That(
            () => other.RunAsync("""{"job":"other-job","plan":"memory:plan"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("is a plan of job 'test-job', not of 'other-job'."));
    }

    [TestCase(24 * 60, true)]
    [TestCase((24 * 60) + 1, false)]
    public async Task Apply_AgeOfThePlan_IsLimitedToADay(int minutes, bool allowed)
    {
        _clock.Advance(TimeSpan.FromMinutes(minutes));

        if (allowed)
        {
            Assert.That((await _harness.RunAsync(PlannedWorld.ApplyPayload)).Changes.Applied, Is.EqualTo(3));
        }
        else
        {
            AssertRefused("is 24 hours old, and at most 24 are allowed. Write a new plan, or raise Plans:MaxAgeHours.");
        }
    }

    [TestCase("""{"account":"111111111111","region":"eu-central-1"}""", "222222222222", "eu-central-1", null, false)]
    [TestCase("""{"account":"111111111111","region":"eu-central-1"}""", "111111111111", "us-east-1", null, false)]
    [TestCase("""{"account":"111111111111","region":"eu-central-1"}""", "111111111111", "eu-central-1", "http://127.0.0.1/", false)]
    [TestCase("""{"account":"111111111111","region":"eu-central-1"}""", null, "eu-central-1", null, false)]
    [TestCase("""{"account":"111111111111","region":"eu-central-1"}""", "111111111111", "eu-central-1", null, true)]
    [TestCase("""{"region":"eu-central-1"}""", "111111111111", "eu-central-1", null, true)]
    [TestCase("""{"host":"elsewhere"}""", "111111111111", "eu-central-1", null, false)]
    public void Matches_OriginOfThePlan_HasToBeHere(string origin, string? account, string region, string? endpoint, bool expected)
    {
        var planned = JsonSerializer.Deserialize<PlanOrigin>(origin, JsonSerializerOptions.Web)!;

        Assert.That(
            planned.Matches(new PlanOrigin { Account = account, Region = region, Endpoint = endpoint }), Is.EqualTo(expected));
    }

    [Test]
    public async Task Apply_PlanOfAnotherMachine_IsRefused()
    {
        await using var elsewhere = _world.CreateHarness(
            timeProvider: _clock, services: static services => services.AddSingleton<IPlanOriginProvider>(new FixedOrigin()));
        elsewhere.Plans.Write(PlannedWorld.Location, _text);

        Assert.That(
            () => elsewhere.RunAsync(PlannedWorld.ApplyPayload),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(
                $"is about host {Environment.MachineName}, and this run works on account 111111111111."));
    }

    [Test]
    public void Apply_ParametersInThePayload_AreRefused() => AssertRefused(
        """{"job":"test-job","plan":"memory:plan","parameters":{}}""",
        "The fields 'plan' and 'parameters' exclude each other in a real run, which takes the parameters of the plan. "
            + "Remove 'parameters', or add \"dryRun\":true to write a plan.");

    [TestCase("/etc/passwd")]
    [TestCase("s3://bucket/plans/x")]
    [TestCase("https://example.com/plan")]
    public void Run_LocationThatNoStoreHandles_IsRefused(string location)
    {
        AssertRefused($$"""{"job":"test-job","plan":"{{location}}"}""", NotSupported);
        AssertRefused($$"""{"job":"test-job","dryRun":true,"plan":"{{location}}"}""", NotSupported);
    }

    [TestCase("\"\"")]
    [TestCase("7")]
    [TestCase("\"a\\nb\"")]
    public void Run_PlanIsNoLocation_IsRefused(string plan) =>
        AssertRefused($$"""{"job":"test-job","plan":{{plan}}}""", "Field 'plan' must be the location of a plan such as "
            + $"\"s3://BUCKET/plans/NAME.jsonl.gz\", but is {plan}.");

    [Test]
    public async Task Apply_NoRunStoreThoughOneIsNeeded_IsRefused()
    {
        await using var harness = _world.CreateHarness(
            timeProvider: _clock, services: static services => services.PostConfigure<PlanOptions>(o => o.RequiresRunStore = true));
        harness.Plans.Write(PlannedWorld.Location, _text);

        Assert.That(
            () => harness.RunAsync(PlannedWorld.ApplyPayload),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("Set RUNS_TABLE."));
    }

    [Test]
    public async Task Apply_PlanOfAnotherVersionOfTheJob_IsAppliedWithAWarning()
    {
        var lines = PlanForgery.Open(_text);
        var version = JsonDocument.Parse(lines[0]).RootElement.GetProperty("jobVersion").GetString()!;
        lines[0] = lines[0].Replace($"\"jobVersion\":\"{version}\"", "\"jobVersion\":\"0.1\"", StringComparison.Ordinal);
        _harness.Plans.Write(PlannedWorld.Location, PlanForgery.Seal(lines));

        var record = await _harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record.Changes.Applied, Is.EqualTo(3), record.Summary);
        Assert.That(_harness.Logs.Lines, Has.One.Contains("0.1").And.One.Contains(version));
    }

    private void AssertRefused(string problem) => AssertRefused(PlannedWorld.ApplyPayload, problem);

    private void AssertRefused(string payload, string problem)
    {
        Assert.That(() => _harness.RunAsync(payload), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
        Assert.That(_world.Items.Count(), Is.EqualTo(3));
        Assert.That(_harness.Runs.Records, Has.Count.EqualTo(1), "no record: nothing has run");
    }

    private sealed class FixedOrigin : IPlanOriginProvider
    {
        public Task<PlanOrigin> GetAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(new PlanOrigin { Account = "111111111111" });
    }
}
