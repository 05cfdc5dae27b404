using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class TrimmedWriterTests
{
    [Test]
    public void Write_BlanksAtTheEndOfLines_AreLeftOut()
    {
        using var text = new StringWriter();
        using (var writer = new TrimmedWriter(text))
        {
            writer.Write("  a  b  ");
            writer.Write(' ');
            writer.Write("\nc ");
            writer.Write("d \r\n   ");
        }

        Assert.That(text.ToString(), Is.EqualTo("  a  b\nc d\r\n"));
    }
}
