using System.Text.Json;

namespace Dispatcher.Deployment.Templates;

/// <summary>A call of an intrinsic function: an object with one field.</summary>
/// <param name="Name">The function: <c>Ref</c>, <c>Fn::Sub</c>.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record TemplateFunction(string Name, JsonElement Arguments)
{
    /// <summary>The functions that are evaluated.</summary>
    public static readonly IReadOnlyList<string> Known =
        ["Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Fn::Join", "Fn::Split", "Fn::Select",
            "Fn::FindInMap", "Fn::Base64", "Fn::ToJsonString", "Fn::Length", "Fn::ImportValue", "Fn::GetAZs", "Fn::Cidr", "Fn::Transform"];

    /// <summary>Reads a call; <see langword="null"/> if the object is not a call.</summary>
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
