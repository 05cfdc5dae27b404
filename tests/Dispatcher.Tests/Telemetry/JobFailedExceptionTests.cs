using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Telemetry;

public sealed class JobFailedExceptionTests
{
    [Test]
    public void New_ShortError_NamesJobErrorAndRunOnOneLine()
    {
        var record = RunRecordBuilder.Create("cleanup", status: JobStatus.Failed) with { Summary = "The table\nis gone." };

        var exception = new JobFailedException(record);

        Assert.That(exception.Message, Is.EqualTo($"Job 'cleanup' failed: The table\\nis gone. (run {record.RunId})"));
        Assert.That(exception.Record, Is.SameAs(record));
    }

    [TestCase("", "x", 1_000)]
    [TestCase("a", "ä", 999)]
    [TestCase("", "日", 998)]
    [TestCase("a", "😀", 997)]
    public void New_LongError_IsCutBetweenTwoCharacters(string first, string character, int bytes)
    {
        var record = RunRecordBuilder.Create("cleanup", status: JobStatus.Failed) with
        {
            Summary = first + string.Concat(Enumerable.Repeat(character, 2_000)),
        };

        var message = new JobFailedException(record).Message;

        Assert.That(Encoding.UTF8.GetByteCount(message), Is.EqualTo(bytes));
        Assert.That(message, Does.EndWith($"{character}… (run {record.RunId})"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void New_ErrorAtTheLimit_IsCutOnlyAboveIt(int more)
    {
        var record = RunRecordBuilder.Create("cleanup", status: JobStatus.Failed);
        var around = new JobFailedException(record with { Summary = string.Empty }).Message.Length;
        record = record with { Summary = new string('x', JobFailedException.MaxMessageLength - around + more) };

        var message = new JobFailedException(record).Message;

        Assert.That(Encoding.UTF8.GetByteCount(message), Is.EqualTo(JobFailedException.MaxMessageLength));
        Assert.That(message.Contains('…', StringComparison.Ordinal), Is.EqualTo(more > 0));
    }
}
