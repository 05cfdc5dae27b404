using NUnit.Framework;
using PackageSample;

namespace Dispatcher.Samples.Tests;

/// <summary>Runs the program of the packages' README.</summary>
public sealed class PackageSampleTests
{
    [Test]
    public async Task Program_AsItIsPrinted_RunsItsJob() => Assert.That(await PackageProgram.RunAsync(), Is.EqualTo(JobStatus.Succeeded));
}
