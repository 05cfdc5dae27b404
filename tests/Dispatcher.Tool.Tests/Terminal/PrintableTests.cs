using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class PrintableTests
{
    [Test]
    public void Text_EscapeSequence_IsDisarmed() => Assert.That(Printable.Text("a\u001b[2Jb\nc"), Is.EqualTo(@"a\u001b[2Jb\nc"));
}
