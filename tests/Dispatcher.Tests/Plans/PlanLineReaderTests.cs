using System.Text;
using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>A plan is read line by line, whatever the size of its buffer.</summary>
public sealed class PlanLineReaderTests
{
    [TestCase(3_000, 700)]
    [TestCase(3, 150_000)]
    [TestCase(2, 65_536)]
    [TestCase(2, 65_535)]
    public void TryRead_LinesAcrossTheBuffer_ReadsEachWithItsPosition(int count, int length)
    {
        string[] lines = [.. Enumerable.Range(0, count).Select(index => $"{index} " + new string('x', length + (index % 7)))];
        var text = string.Join('\n', lines) + "\n";
        var reader = Create(text);
        long position = 0;

        foreach (var expected in lines)
        {
            Assert.That(reader.TryRead(out var line), Is.True);
            Assert.That(Encoding.UTF8.GetString(line.Span), Is.EqualTo(expected));
            Assert.That(reader.Position, Is.EqualTo(position));
            position += expected.Length + 1;
        }

        Assert.That(reader.TryRead(out var rest), Is.False);
        Assert.That(rest.Length, Is.Zero);
    }

    [Test]
    public void TryRead_NoLineFeedAtTheEnd_ReadsTheLastLine()
    {
        var reader = Create("a\n\nb");

        string[] lines = [.. Enumerable.Range(0, 3).Select(_ => reader.TryRead(out var line) ? Encoding.UTF8.GetString(line.Span) : "?")];

        Assert.That(lines, Is.EqualTo(new[] { "a", "", "b" }));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public void TryRead_LineOfAMegabyte_IsTheLongest()
    {
        var longest = new string('x', PlanLineReader.MaxLineLength - 1);

        Assert.That(Create(longest + "\n").TryRead(out var line), Is.True);
        Assert.That(line.Length, Is.EqualTo(longest.Length));
        Assert.That(
            () => Create(longest + "x\n").TryRead(out _),
            Throws.TypeOf<InvalidPlanException>().With.Message.EqualTo(
                "'memory:plan' is not a plan: a line is longer than 1048576 bytes."));
    }

    private static PlanLineReader Create(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "memory:plan");
}
