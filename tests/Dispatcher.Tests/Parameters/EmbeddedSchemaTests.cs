using System.Text;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Parameters;

public sealed class EmbeddedSchemaTests
{
    [TestCase("""{"type":"object"}""", ExpectedResult = """{"type":"object"}""")]
    [TestCase("", ExpectedResult = null)]
    [TestCase("""{"type":""", ExpectedResult = null)]
    [TestCase("[]", ExpectedResult = null)]
    [TestCase("null", ExpectedResult = null)]
    public string? Parse_Resource_IsAnObjectOrNothing(string resource)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(resource));

        return EmbeddedSchema.Parse(stream)?.ToJsonString();
    }
}
