using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Tests.Html;

public sealed class MarkupWriterTests
{
    [Test]
    public void Write_HolesOfEveryKind_EscapesTextAndNothingElse()
    {
        var output = new StringWriter();
        var name = "<b>";

        new MarkupWriter(output).Write($"<i a=\"{name}\">{name}{(string?)null}{1234.567}{DateTimeOffset.UnixEpoch}</i>");

        Assert.That(output.ToString(), Is.EqualTo("<i a=\"&lt;b&gt;\">&lt;b&gt;1234.571970-01-01T00:00:00Z</i>"));
    }
}
