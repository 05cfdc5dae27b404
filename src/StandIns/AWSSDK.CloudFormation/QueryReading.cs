using System.Xml.Linq;

namespace Amazon.CloudFormation;

/// <summary>Reads members of a response; what is missing is null.</summary>
internal static class QueryReading
{
    public static string Text(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    public static List<T> Members<T>(this XElement element, string name)
        where T : IQueryResponse, new()
    {
        var list = element.Elements().FirstOrDefault(child => child.Name.LocalName == name);
        return list is null && !AWSConfigs.InitializeCollections ? null : [.. (list?.Elements() ?? []).Select(Read<T>)];
    }

    private static T Read<T>(XElement element)
        where T : IQueryResponse, new()
    {
        var item = new T();
        item.Read(element);
        return item;
    }
}
