using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Pipeline;

public sealed class EnvironmentOverridesTests
{
    private readonly ProblemList _problems = [];

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase("false", false)]
    [TestCase("FALSE", false)]
    [TestCase("0", false)]
    [TestCase("true", true)]
    [TestCase(" True ", true)]
    [TestCase("1", true)]
    public void Read_DryRun_IsUnderstood(string? value, bool expected)
    {
        Assert.That(Read("DRY_RUN", value).DryRun, Is.EqualTo(expected));
        Assert.That(_problems, Is.Empty);
    }

    [TestCase("yes")]
    [TestCase("on")]
    [TestCase("tru")]
    public void Read_OddDryRun_IsAProblemAndNoRealRun(string value)
    {
        Assert.That(Read("DRY_RUN", value).DryRun, Is.True);
        Assert.That(_problems, Is.EqualTo(new[] { $"The environment variable DRY_RUN is '{value}'. Set it to true or false." }));
    }

    [TestCase(null, null)]
    [TestCase("0", 0L)]
    [TestCase(" 25 ", 25L)]
    public void Read_MaxChanges_IsUnderstood(string? value, long? expected)
    {
        Assert.That(Read("MAX_CHANGES", value).MaxChanges, Is.EqualTo(expected));
        Assert.That(_problems, Is.Empty);
    }

    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("many")]
    [TestCase("99999999999999999999")]
    public void Read_OddMaxChanges_IsAProblem(string value)
    {
        Assert.That(Read("MAX_CHANGES", value).MaxChanges, Is.Zero);
        Assert.That(_problems, Has.Count.EqualTo(1).And.One.Contains($"MAX_CHANGES is '{value}'"));
    }

    [TestCase(null, null, null)]
    [TestCase(5L, null, 5L)]
    [TestCase(null, 7L, 7L)]
    [TestCase(5L, 7L, 5L)]
    [TestCase(9L, 7L, 7L)]
    public void LimitFor_TwoLimits_TakesTheSmaller(long? ours, long? jobs, long? expected)
    {
        var job = new JobDescriptor("job", typeof(DelegateJob), JobParameters.None, new JobOptions { MaxChanges = jobs });

        Assert.That(new EnvironmentOverrides(false, ours).LimitFor(job), Is.EqualTo(expected));
    }

    private EnvironmentOverrides Read(string key, string? value) =>
        EnvironmentOverrides.Read(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(), _problems);
}
