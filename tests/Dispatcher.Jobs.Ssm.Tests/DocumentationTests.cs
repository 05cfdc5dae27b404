using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Ssm.Tests;

public sealed partial class DocumentationTests
{
    private static IEnumerable<TestCaseData> Examples() =>
        JsonBlock().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "ssm-run-command.md")))
            .Select(match => match.Groups["json"].Value)
            .Where(json => json.Contains("\"job\"", StringComparison.Ordinal))
            .Select((json, index) => new TestCaseData(json).SetName($"Page_Example{index + 1}_IsAPayload"));

    [TestCaseSource(nameof(Examples))]
    public async Task Page_Example_IsAPayload(string json)
    {
        await using var harness = SsmHarness.Create(new FakeSsm());

        var request = harness.Services.GetRequiredService<JobRequestReader>().Read(JsonDocument.Parse(json).RootElement);

        Assert.That(request.Job.Name, Is.EqualTo("ssm-run-command"));
    }

    [Test]
    public void Page_Examples_AreFound() => Assert.That(Examples().Count(), Is.GreaterThanOrEqualTo(3));

    [GeneratedRegex("```json\\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonBlock();
}
