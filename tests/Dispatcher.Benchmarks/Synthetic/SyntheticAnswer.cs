namespace Dispatcher.Benchmarks.Synthetic;

/// <summary>The answer to a request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The content type.</param>
/// <param name="Body">The body.</param>
internal readonly record struct SyntheticAnswer(int Status, string Type, string Body)
{
    public static SyntheticAnswer Json(string body) => new(200, "application/x-amz-json-1.0", body);

    public static SyntheticAnswer Xml(string body) => new(200, "application/xml", body);
}
