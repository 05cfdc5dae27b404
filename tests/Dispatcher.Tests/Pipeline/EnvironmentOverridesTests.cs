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

    private EnvironmentOverrides Read(string key, string? value) => EnvironmentOverrides.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build(),
        new BoundRequest(
            new JobRequest("job"), new JobDescriptor("job", typeof(DelegateJob), JobParameters.None, new JobOptions()), parameters: null),
        _problems);
}
