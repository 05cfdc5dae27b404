using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Parameters;

public sealed class JobParametersTests
{
    private readonly JobParameters<SampleParameters> _parameters = new(SampleJsonContext.Default.SampleParameters);

    [Test]
    public void Bind_OnlyTheRequired_KeepsEveryDefault()
    {
        var bound = Bind("""{"table":"t"}""");

        Assert.That((bound.Table, bound.BatchSize, bound.Mode, bound.Force), Is.EqualTo(("t", 100, Mode.Report, false)));
        Assert.That((bound.Big, bound.Ratio, bound.Price, bound.Pause), Is.EqualTo((5_000_000_000, 0.5, 1.15m, TimeSpan.FromMinutes(5))));
    }

    [Test]
    public void Bind_EveryType_ReadsIt()
    {
        var bound = Bind("""
            {"table":"t","batchSize":7,"mode":"deleteAll","force":true,"big":9007199254740993,"ratio":0.25,"price":2.50,"note":"n",
             "url":"https://example.org/x","session":"0f8fad5b-d9cb-469f-a165-70867728950e","until":"2026-11-22","since":"2026-11-22T03:00:00Z",
             "pause":"00:01:00","names":["a","b"],"weights":{"a":1},"anything":{"deep":[null,"\ud83d\ude00"]},"optional":null}
            """);

        Assert.That((bound.BatchSize, bound.Mode, bound.Force, bound.Big), Is.EqualTo((7, Mode.DeleteAll, true, 9007199254740993)));
        Assert.That((bound.Ratio, bound.Price, bound.Note), Is.EqualTo((0.25, 2.50m, "n")));
        Assert.That(bound.Url, Is.EqualTo(new Uri("https://example.org/x")));
        Assert.That(bound.Session, Is.EqualTo(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e")));
        Assert.That(bound.Until, Is.EqualTo(new DateOnly(2026, 11, 22)));
        Assert.That(bound.Since, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        Assert.That(bound.Pause, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(bound.Names, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(bound.Weights!["a"], Is.EqualTo(1));
        Assert.That(bound.Anything.GetProperty("deep")[1].GetString(), Is.EqualTo("😀"));
        Assert.That(bound.Optional, Is.Null);
    }

    [TestCase("batchSize", "\"7\"", "a whole number from 1 to 1000")]
    [TestCase("batchSize", "1.5", "a whole number from 1 to 1000")]
    [TestCase("batchSize", "99999999999", "a whole number from 1 to 1000")]
    [TestCase("big", "1e30", "a whole number")]
    [TestCase("ratio", "\"x\"", "a number")]
    [TestCase("price", "true", "a number")]
    [TestCase("mode", "\"Delete\"", "one of report, deleteAll")]
    [TestCase("mode", "1", "one of report, deleteAll")]
    [TestCase("mode", "\"REPORT\"", "one of report, deleteAll")]
    [TestCase("mode", "\" report\"", "one of report, deleteAll")]
    [TestCase("mode", "\"report, deleteAll\"", "one of report, deleteAll")]
    [TestCase("force", "1", "true or false")]
    [TestCase("force", "\"true\"", "true or false")]
    [TestCase("note", "5", "a string")]
    [TestCase("url", "5", "a URL")]
    [TestCase("session", "\"abc\"", "a UUID such as \"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [TestCase("until", "\"2025-13-01\"", "a date such as \"2026-11-22\"")]
    [TestCase("since", "\"now\"", "a time such as \"2026-11-22T03:00:00Z\"")]
    [TestCase("pause", "\"5 minutes\"", "a duration such as \"00:05:00\"")]
    [TestCase("names", "\"a\"", "a list, each item a string")]
    [TestCase("weights", "[]", "an object, each value a whole number from -2147483648 to 2147483647")]
    [TestCase("note", "\"\\ud800\"", "a string")]
    public void Bind_WrongKind_SaysWhatWasExpected(string name, string value, string expected) =>
        Assert.That(
            Problems($$"""{"table":"t","{{name}}":{{value}}}"""), Is.EqualTo(new[] { $"Parameter '{name}' must be {expected}, but is {value}." }));

    [TestCase("batchSize")]
    [TestCase("force")]
    [TestCase("mode")]
    [TestCase("names")]
    [TestCase("table")]
    public void Bind_NullWhereAValueMustBe_SaysSo(string name)
    {
        var table = name == "table" ? string.Empty : "\"table\":\"t\",";

        Assert.That(Problems($$"""{{{table}}"{{name}}":null}"""), Has.One.StartsWith($"Parameter '{name}' must be ").And.One.Contains("but is null"));
    }

    [TestCase("batchSize", "0", "Parameter 'batchSize' is 0: it must be from 1 to 1000.")]
    [TestCase("batchSize", "1001", "Parameter 'batchSize' is 1001: it must be from 1 to 1000.")]
    [TestCase("ratio", "-0.1", "Parameter 'ratio' is -0.1: it must be from 0 to 1.7976931348623157E+308.")]
    [TestCase("names", "[\"a\",\"b\",\"c\",\"d\"]", "Parameter 'names' is [\"a\",\"b\",\"c\",\"d\"]: at most 3 names.")]
    public void Bind_BeyondALimit_SaysTheLimit(string name, string value, string problem) =>
        Assert.That(Problems($$"""{"table":"t","{{name}}":{{value}}}"""), Is.EqualTo(new[] { problem }));

    [Test]
    public void Bind_AttributeWithItsOwnMessage_UsesIt() =>
        Assert.That(Problems("""{"table":"T!"}"""), Is.EqualTo(new[] { "Parameter 'table' is \"T!\": it must be lower-case letters." }));

    [Test]
    public void Bind_CrossFieldRule_IsCheckedBesideWrongFieldsThatItDoesNotName()
    {
        Assert.That(Problems("""{"table":"t","mode":"deleteAll"}""").Single(), Does.StartWith("Parameter 'mode' is deleteAll, which needs 'force'."));
        Assert.That(Problems("""{"table":"t","mode":"deleteAll","batchSize":0}"""), Has.Count.EqualTo(2));
        Assert.That(Problems("""{"table":"t","mode":"deleteAll","force":1}""").Single(), Does.StartWith("Parameter 'force' must be"));
    }

    [Test]
    public void Bind_GivenTwice_SaysSo() =>
        Assert.That(Problems("""{"table":"t","force":true,"force":false}"""), Is.EqualTo(new[] { "Parameter 'force' appears twice. Give it once." }));

    [Test]
    public void Bind_ComputedProperty_IsNoParameter() => Assert.That(Problems("""{"table":"t","isLarge":true}""").Single(), Does.StartWith("Unknown parameter 'isLarge'"));

    [Test]
    public void Bind_FromTheEnvironment_FillsInWhatThePayloadLeavesOut()
    {
        var bound = Bind(
            """{"batchSize":7}""",
            new() { ["TABLE_NAME"] = "env", ["BATCH_SIZE"] = "9", ["FORCE"] = "TRUE", ["MODE"] = "deleteAll", ["UNTIL"] = "2026-01-02",
            ["NAMES"] = "[\"a\"]" });

        Assert.That((bound.Table, bound.BatchSize, bound.Force, bound.Mode), Is.EqualTo(("env", 7, true, Mode.DeleteAll)));
        Assert.That(bound.Until, Is.EqualTo(new DateOnly(2026, 1, 2)));
        Assert.That(bound.Names, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void Bind_WrongInTheEnvironment_NamesTheVariable() =>
        Assert.That(
            Problems("""{"table":"t"}""", new() { ["BATCH_SIZE"] = "many" }).Single(),
            Is.EqualTo(
                "Parameter 'batchSize' (from the environment variable BATCH_SIZE) must be a whole number from 1 to 1000, "
                    + "but is \"many\"."));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void Bind_RequiredIsNowhere_NamesTheVariable(string? value) =>
        Assert.That(
            Problems("{}", new() { ["TABLE_NAME"] = value }).Single(),
            Is.EqualTo("Parameter 'table' is missing. Set the environment variable TABLE_NAME, or give {\"parameters\":{\"table\":…}}."));

    [Test]
    public void Bind_InitOnlyParameter_IsRefused() =>
        Assert.That(
            () => new JobParameters<InitOnlyParameters>(SampleJsonContext.Default.InitOnlyParameters).All,
            Throws.InvalidOperationException.With.Message.Contains("'batchSize' of InitOnlyParameters is an init-only property"));

    [Test]
    public void Bind_PositionalParameter_IsRefused() =>
        Assert.That(
            () => new JobParameters<PositionalParameters>(SampleJsonContext.Default.PositionalParameters).All,
            Throws.InvalidOperationException.With.Message.Contains("'table' of PositionalParameters is a constructor parameter"));

    [TestCase("batchSize", "25", "25")]
    [TestCase("batchSize", "abc", "\"abc\"")]
    [TestCase("force", "True", "true")]
    [TestCase("table", "25", "\"25\"")]
    [TestCase("mode", "report", "\"report\"")]
    [TestCase("names", "[\"a\"]", "[\"a\"]")]
    [TestCase("unknown", "x", "\"x\"")]
    public void FromText_AsAPersonTypesIt_IsTheJsonOfAPayload(string name, string text, string json) =>
        Assert.That(_parameters.FromText(name, text)!.ToJsonString(), Is.EqualTo(json));

    private SampleParameters Bind(string json, Dictionary<string, string?>? environment = null)
    {
        var (bound, problems) = TryBind(json, environment);
        Assert.That(problems, Is.Empty);
        return (SampleParameters)bound!;
    }

    private ProblemList Problems(string json, Dictionary<string, string?>? environment = null) => TryBind(json, environment).Problems;

    private (object? Bound, ProblemList Problems) TryBind(string json, Dictionary<string, string?>? environment)
    {
        var problems = new ProblemList();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment).Build();
        return (_parameters.Bind("job", JsonElement.Parse(json), configuration, problems), problems);
    }
}
