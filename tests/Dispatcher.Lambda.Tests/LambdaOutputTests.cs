using Moq;

namespace Dispatcher.Lambda.Tests;

public sealed class LambdaOutputTests
{
    [Test]
    public void WriteLine_Line_IsWrittenInOnePieceAndFlushed()
    {
        var calls = new List<string>();
        var stream = new Mock<Stream>();
        stream.Setup(mock => mock.Write(It.IsAny<byte[]>(), It.IsAny<int>(), It.IsAny<int>()))
            .Callback((byte[] bytes, int offset, int count) => calls.Add(System.Text.Encoding.UTF8.GetString(bytes, offset, count)));
        stream.Setup(mock => mock.Flush()).Callback(() => calls.Add("flush"));

        new LambdaOutput(stream.Object).WriteLine("line"u8);

        Assert.That(calls, Is.EqualTo(new[] { "line\n", "flush" }));
    }

    [Test]
    public void WriteLine_ManyThreads_KeepsLinesWhole()
    {
        using var captured = new CapturedOutput();
        var line = new byte[2_000];
        Array.Fill(line, (byte)'x');

        Parallel.For(0, 200, _ => captured.Output.WriteLine(line));

        Assert.That(captured.Lines, Has.Count.EqualTo(200).And.All.Length.EqualTo(2_000));
    }
}
