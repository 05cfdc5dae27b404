using Dispatcher.Hosting;
using Dispatcher.Middleware;

namespace Dispatcher.Tests.Continuations;

public sealed class ContinuationOptionsTests
{
    [Test]
    public void Validate_Defaults_AreValid() => Assert.That(Validate(new ContinuationOptions()), Is.Null);

    [TestCase(0)]
    [TestCase(1001)]
    public void Validate_MaxRunsOutOfRange_NamesTheOption(int runs) =>
        Assert.That(Validate(new ContinuationOptions { MaxRuns = runs }), Does.Contain(nameof(ContinuationOptions.MaxRuns)));

    [TestCase(-1)]
    [TestCase(901)]
    public void Validate_DelayThatSqsDoesNotTake_NamesTheOption(int seconds) =>
        Assert.That(
            Validate(new ContinuationOptions { IdleDelaySeconds = seconds }), Does.Contain(nameof(ContinuationOptions.IdleDelaySeconds)));

    private static string? Validate(ContinuationOptions options) =>
        new ContinuationOptionsValidator().Validate(null, options).FailureMessage;
}
