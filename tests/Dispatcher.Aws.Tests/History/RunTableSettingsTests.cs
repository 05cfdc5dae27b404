using Dispatcher.Aws.History;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Tests.History;

public sealed class RunTableSettingsTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void Read_NoName_IsNone(string? name)
    {
        Assert.That(RunTableSettings.Read(Configuration(name, "nonsense")), Is.Null);
    }

    [TestCase("maintenance-runs", null, 90)]
    [TestCase(" Runs_1.x ", "", 90)]
    [TestCase("arn:aws:dynamodb:eu-central-1:123456789012:table/runs", "7", 7)]
    public void Read_NameOrArn_IsTheTable(string name, string? days, int expected)
    {
        Assert.That(RunTableSettings.Read(Configuration(name, days)), Is.EqualTo(new RunTableSettings(name.Trim(), expected)));
    }

    [TestCase("ab")]
    [TestCase("my table")]
    [TestCase("arn:aws:s3:::bucket")]
    public void Read_NoTable_SaysWhatToSet(string name)
    {
        Assert.That(
            () => RunTableSettings.Read(Configuration(name, null)),
            Throws.InvalidOperationException.With.Message.StartsWith(
                $"The environment variable RUNS_TABLE is '{name}'").And.Message.Contains("ARN"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("90 days")]
    [TestCase("36501")]
    public void Read_RetentionIsNoNumberOfDays_SaysWhatToSet(string days)
    {
        Assert.That(
            () => RunTableSettings.Read(Configuration("runs", days)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"The environment variable RUNS_RETENTION_DAYS is '{days}'. Set it to a whole number of days from 1 to 36500."));
    }

    private static IConfiguration Configuration(string? name, string? days) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["RUNS_TABLE"] = name, ["RUNS_RETENTION_DAYS"] = days }).Build();
}
