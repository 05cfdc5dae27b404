using Dispatcher.Testing;
using NUnit.Framework;

namespace Dispatcher.Samples.Tests;

/// <summary>Counts the lines of the smallest job. Its own test runs here too.</summary>
public sealed class SmallestJobTests
{
    [Test]
    public void Sample_AllLines_AreAtMost35()
    {
        var lines = Directory.GetFiles(DocumentExamples.PathOf("samples/SmallestJob"), "*.cs").Sum(file => File.ReadLines(file).Count());

        Assert.That(lines, Is.InRange(1, 35), "lines of job, parameters, registration and test, blank ones included");
    }
}
