using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>Formats answers as S3 does.</summary>
internal static class S3Response
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static HttpResponseMessage Empty(HttpStatusCode status) => new(status) { Content = new ByteArrayContent([]) };

    public static HttpResponseMessage Xml(string root, params object?[] content) =>
        new(HttpStatusCode.OK) { Content = Body(new XElement(Namespace + root, content)) };

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message) => new(status)
    {
        Content = Body(
            new XElement("Error", new XElement("Code", code), new XElement("Message", message), new XElement("RequestId", "fake"))),
    };

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    /// <summary>Finds the children of a name, with or without the namespace.</summary>
    public static IEnumerable<XElement> Children(XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Child(XElement element, string name) => Children(element, name).FirstOrDefault()?.Value;

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);

    private static ByteArrayContent Body(XElement root)
    {
        using var text = new MemoryStream();
        root.Save(text, SaveOptions.DisableFormatting);
        return new ByteArrayContent(text.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
    }
}
