using System.Text.Json;

namespace Dispatcher.Deployment.Templates;

/// <summary>Is a call of an intrinsic function: an object with one field.</summary>
/// <param name="Name">The function: <c>Ref</c>, <c>Fn::Sub</c>.</param>
/// <param name="Arguments">What it is given.</param>
internal sealed record TemplateFunction(string Name, JsonElement Arguments)
{
    /// <summary>The functions that are computed here.</summary>
    public static readonly IReadOnlyList<string> Known =
        ["Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Fn::Join", "Fn::Split", "Fn::Select", "Fn::FindInMap"];

    /// <summary>Reads a call, or answers <see langword="null"/> where the object is none.</summary>
    public static TemplateFunction? Read(JsonElement source)
    {
        TemplateFunction? call = null;
        foreach (var field in source.EnumerateObject())
        {
            if (call is not null || (field.Name != "Ref" && !field.Name.StartsWith("Fn::", StringComparison.Ordinal)))
            {
                return null;
            }

            call = new TemplateFunction(field.Name, field.Value);
        }

        return call;
    }
}
