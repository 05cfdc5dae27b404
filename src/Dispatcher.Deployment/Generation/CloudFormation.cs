using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dispatcher.Deployment.Generation;

/// <summary>Functions that create the intrinsic functions of CloudFormation.</summary>
internal static partial class CloudFormation
{
    /// <summary>CloudFormation accepts as many conditions in one <c>Fn::Or</c>.</summary>
    private const int MostAlternatives = 10;

    public static JsonObject NoValue => Ref("AWS::NoValue");

    public static JsonObject Ref(string name) => new() { ["Ref"] = name };

    public static JsonObject GetArn(string resource) => new() { ["Fn::GetAtt"] = new JsonArray(resource, "Arn") };

    public static JsonObject Sub(string text) => new() { ["Fn::Sub"] = text };

    public static JsonObject If(string condition, JsonNode then, JsonNode otherwise) =>
        new() { ["Fn::If"] = new JsonArray(condition, then, otherwise) };

    public static JsonObject Condition(string name) => new() { ["Condition"] = name };

    public static JsonObject And(string first, string second) =>
        new() { ["Fn::And"] = new JsonArray(Condition(first), Condition(second)) };

    public static JsonObject IsEqual(string parameter, string value) =>
        new() { ["Fn::Equals"] = new JsonArray(Ref(parameter), value) };

    public static JsonObject IsNotEmpty(string parameter) => new() { ["Fn::Not"] = new JsonArray(IsEqual(parameter, string.Empty)) };

    /// <summary>Creates an alternative of any number of conditions.</summary>
    public static JsonObject Or(IReadOnlyList<JsonObject> conditions) => conditions.Count switch
    {
        1 => conditions[0],
        <= MostAlternatives => new JsonObject { ["Fn::Or"] = new JsonArray([.. conditions]) },
        _ => Or([.. conditions.Chunk(MostAlternatives).Select(Or)]),
    };

    /// <summary>Creates the value of a text: a reference if it is one parameter, a substitution if it contains one.</summary>
    public static JsonNode Text(string text) => SoleParameter().Match(text) is { Success: true } match
        ? Ref(match.Groups["name"].Value)
        : text.Contains("${", StringComparison.Ordinal) ? Sub(text) : JsonValue.Create(text);

    [GeneratedRegex(@"^\$\{(?<name>[^${}!.]+)\}\z")]
    private static partial Regex SoleParameter();
}
