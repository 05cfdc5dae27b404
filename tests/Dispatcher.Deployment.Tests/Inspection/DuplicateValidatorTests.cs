namespace Dispatcher.Deployment.Tests.Inspection;

public sealed class DuplicateValidatorTests
{
    [TestCase("cron(0 3 * * ? *)", "cron(0 3 ? * MON *)", "It starts video-upload-cleanup with the same parameters as A at the same "
        + "time: 5 times in the next 31 days, first at 2026-11-23 03:00 UTC.")]
    [TestCase("rate(60 minutes)", "rate(1 hour)", "and as often: every hour.")]
    public void Check_SameJobAtTheSameTime_Warns(string one, string other, string expected) =>
        Assert.That(Inspect.Problems(Two(one, other)), Has.Length.EqualTo(1).And.Some.Contains($"Warning B: ").And.Some.Contains(expected));

    [TestCase("cron(0 3 * * ? *)", "cron(0 4 * * ? *)")]
    [TestCase("cron(0 3 ? * MON *)", "cron(0 3 ? * TUE *)")]
    [TestCase("rate(1 hour)", "rate(1 day)")]
    [TestCase("rate(1 hour)", "cron(0 * * * ? *)")]
    public void Check_SameJobAtOtherTimes_IsFine(string one, string other) => Assert.That(Inspect.Problems(Two(one, other)), Is.Empty);

    [Test]
    public void Check_OtherParameters_IsFine() => Assert.That(
        Inspect.Problems(
            Two("rate(1 hour)", "rate(1 hour)", "{\"job\":\"video-upload-cleanup\",\"parameters\":{\"batchSize\":7}}")), Is.Empty);

    private static Dispatcher.Deployment.Inspection.TemplateInspection Two(
        string one, string other, string input = "{\"job\":\"video-upload-cleanup\"}") =>
        Inspect.Resources(
            $"{Inspect.RuleNamed("A", $"\"ScheduleExpression\":\"{one}\"")},"
            + Inspect.RuleNamed(
                "B", $"\"ScheduleExpression\":\"{other}\"", $"\"Input\":{System.Text.Json.Nodes.JsonValue.Create(input).ToJsonString()}"));
}
