namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>
/// How types are written in the list: C# keywords, simple names, and <c>!0</c> or <c>!!0</c> for a parameter of the type or method.
/// </summary>
internal static class TypeNames
{
    public static string Simple(string name) => name switch
    {
        "Void" => "void",
        "Boolean" => "bool",
        "Byte" => "byte",
        "Double" => "double",
        "Int32" => "int",
        "Int64" => "long",
        "Object" => "object",
        "String" => "string",
        _ => name.Split('`')[0],
    };

    public static string Generic(string definition, IEnumerable<string> arguments) => definition == "Nullable"
        ? arguments.Single() + "?"
        : $"{definition}<{string.Join(", ", arguments)}>";

    public static string Method(string assembly, string type, string name, IEnumerable<string> parameters, string result) => name == ".ctor"
        ? $"{assembly} {type}.new({string.Join(", ", parameters)})"
        : $"{assembly} {type}.{name}({string.Join(", ", parameters)}) : {result}";

    public static string Member(string assembly, string type, string name, string result) => $"{assembly} {type}.{name} : {result}";

    public static string Array(string element) => element + "[]";
}
