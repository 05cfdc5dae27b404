using NUnit.Framework;

namespace Dispatcher.Samples.Tests;

/// <summary>Runs the program that the README of the packages shows.</summary>
public sealed class OwnProgramTests
{
    [Test]
    public async Task Program_AsItIsPrinted_RunsItsJob() =>
        Assert.That(await OwnProgram.Program.RunAsync(), Is.EqualTo(JobStatus.Succeeded));
}
