using Dispatcher.Hosting;

namespace Dispatcher.Tests.Metrics;

/// <summary>Converts tasks to values of a dimension, which CloudWatch limits to printable ASCII.</summary>
public sealed class TaskNameTests
{
    [TestCase("a b:c~", "a b:c~")]
    [TestCase(" a", "\\u0020a")]
    [TestCase("::", "\\u003a:")]
    [TestCase("a\u007f", "a\\u007f")]
    [TestCase("a\u001f", "a\\u001f")]
    [TestCase("a\\b", "a\\u005cb")]
    [TestCase("ä", "\\u00e4")]
    public void ToDimension_Character_IsWrittenAsCloudWatchAcceptsIt(string task, string dimension) =>
        Assert.That(TaskName.ToDimension(task), Is.EqualTo(dimension));

    [TestCase(1023, 1023)]
    [TestCase(1024, 1024)]
    [TestCase(1025, 1024)]
    public void ToDimension_Length_IsAtMost1024(int length, int expected) =>
        Assert.That(TaskName.ToDimension(new string('a', length)), Has.Length.EqualTo(expected));
}
