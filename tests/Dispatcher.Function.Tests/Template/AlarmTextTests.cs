using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Holds the texts of the alarms to what a person needs who receives one.</summary>
public sealed partial class AlarmTextTests
{
    private Deployment _deployed = null!;

    /// <summary>Gets the alarms of the generator; a fragment's alarm has the fragment's text.</summary>
    private IEnumerable<Alarm> Generated =>
        _deployed.Alarms.Where(alarm => !alarm.Name.EndsWith("channel-backfill-failed", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.OfAsync(Variants.Everything);

    [Test]
    public void Descriptions_Each_HaveRunbookCommandAndQuery() =>
        Assert.That(
            Generated.Where(alarm => !Text().IsMatch(alarm.Description)).Select(alarm => alarm.Description), Is.Empty);

    [Test]
    public void Descriptions_OfAJob_NameItsCommandAndItsQuery()
    {
        var failed = _deployed.Alarms.Single(alarm => alarm.Name == "maintenance-daily-uptime-failed").Description.Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed[0], Does.StartWith("A run of daily-uptime failed."));
            Assert.That(failed[1], Is.EqualTo("Runbook: docs/operations.md#alarms"));
            Assert.That(failed[2], Is.EqualTo("Command: dispatch history daily-uptime --status failed"));
            Assert.That(
                Decode(failed[3]),
                Does.StartWith("Log: https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:logs-insights")
                    .And.Contains("?queryDetail=~(end~0~")
                    .And.Contains("start~-86400")
                    .And.Contains("editorString~'fields @timestamp,level,message|filter job=\"daily-uptime\"|sort @timestamp desc~")
                    .And.EndsWith($"source~(~'{_deployed.Resources["LogGroup"]}))"));
        }
    }

    [Test]
    public void Descriptions_OfTheFunction_ShowTheFailures() =>
        Assert.That(
            Decode(_deployed.Alarms.Single(alarm => alarm.Name == "maintenance-function-errors").Description),
            Does.Contain("Command: dispatch history --status failed").And.Contain("filter level in [\"ERROR\",\"Error\"]"));

    [TestCase("maintenance-failed-runs")]
    [TestCase("maintenance-undelivered-events")]
    public void Descriptions_OfQueues_NameRedrive(string alarm) =>
        Assert.That(
            Decode(_deployed.Alarms.Single(known => known.Name == alarm).Description), Does.Contain("\nCommand: dispatch redrive\n"));

    [Test]
    public void Runbook_ItsHeading_IsInTheDocument()
    {
        var headings = Heading().Matches(File.ReadAllText(Path.Combine(ServerlessTemplate.Root, "docs", "operations.md")))
            .Select(match => match.Groups["text"].Value.Trim().ToLowerInvariant().Replace(' ', '-'));

        Assert.That(Generated.Select(alarm => Text().Match(alarm.Description).Groups["heading"].Value).Distinct(), Is.SubsetOf(headings));
    }

    [Test]
    public void Channels_OfSlackAndTeams_HearOfTheAlarms()
    {
        var channels = _deployed["channels"].EnumerateArray().ToDictionary(channel => Text(channel, "ConfigurationName")!);
        var (slack, teams) = (channels["maintenance-slack"], channels["maintenance-teams"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Text(slack, "SlackWorkspaceId"), Text(slack, "SlackChannelId")), Is.EqualTo(("T01234567", "C01234567")));
            Assert.That(
                (Text(teams, "TeamsTenantId"), Text(teams, "TeamId"), Text(teams, "TeamsChannelId")),
                Is.EqualTo((
                    "11111111-2222-3333-4444-555555555555", "66666666-7777-8888-9999-000000000000", "19%3Aabc%40thread.tacv2")));
            foreach (var channel in channels.Values)
            {
                Assert.That(channel.GetProperty("SnsTopicArns")[0].GetString(), Is.EqualTo(_deployed.Resources["AlarmTopic"]));
                Assert.That(channel.GetProperty("IamRoleArn").GetString(), Does.EndWith($"/{_deployed.Resources["AlarmChatRole"]}"));
            }
        }
    }

    [Test]
    public async Task Channels_WithoutParameters_AreNotThere() =>
        Assert.That(
            (await Deployment.OfAsync(Variants.First)).Resources.Keys,
            Has.None.EqualTo("AlarmChatRole").And.None.EqualTo("AlarmSlackChannel").And.None.EqualTo("AlarmTeamsChannel"));

    private static string? Text(JsonElement channel, string property) => channel.GetProperty(property).GetString();

    private static string Decode(string link) =>
        Uri.UnescapeDataString(Uri.UnescapeDataString(link.Replace('$', '%')).Replace('*', '%'));

    [GeneratedRegex(
        @"^(?<what>[^\n]{20,})\nRunbook: \S+#(?<heading>[a-z-]+)\nCommand: dispatch [a-z]+[^\n]*\nLog: https://\S+\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Text();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
