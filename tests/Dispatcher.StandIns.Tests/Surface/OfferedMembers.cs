using System.Reflection;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>Lists what an assembly offers: the public types and the public members that they declare.</summary>
internal static class OfferedMembers
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        return assembly.GetExportedTypes().SelectMany(type => OfType(name, type)).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> OfType(string assembly, Type type)
    {
        var name = Definition(type);
        yield return $"{assembly} {name}";
        if (type.BaseType == typeof(MulticastDelegate))
        {
            yield break;
        }

        foreach (var member in type.GetMembers(Declared))
        {
            switch (member)
            {
                case ConstructorInfo constructor:
                    yield return TypeNames.Method(assembly, name, ".ctor", Parameters(constructor), "void");
                    break;
                case MethodInfo method when method.GetBaseDefinition() == method && !IsAccessor(method):
                    yield return TypeNames.Method(assembly, name, method.Name, Parameters(method), Name(method.ReturnType));
                    break;
                case PropertyInfo property when property.GetAccessors()[0].GetBaseDefinition() == property.GetAccessors()[0]:
                    yield return TypeNames.Member(
                        assembly,
                        name,
                        property.Name,
                        $"{Name(property.PropertyType)} "
                            + $"{{ {(property.CanRead ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}");
                    break;
                case FieldInfo field when field.Name != "value__":
                    yield return TypeNames.Member(assembly, name, field.Name, Name(field.FieldType));
                    break;
            }
        }
    }

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static IEnumerable<string> Parameters(MethodBase method) =>
        method.GetParameters().Select(parameter => Name(parameter.ParameterType));

    private static string Definition(Type type) => TypeNames.Simple(type.Name);

    private static string Name(Type type)
    {
        if (type.IsGenericMethodParameter)
        {
            return $"!!{type.GenericParameterPosition}";
        }

        if (type.IsGenericTypeParameter)
        {
            return $"!{type.GenericParameterPosition}";
        }

        return type.HasElementType ? TypeNames.Array(Name(type.GetElementType()!))
            : type.IsGenericType ? TypeNames.Generic(Definition(type), type.GetGenericArguments().Select(Name))
            : Definition(type);
    }
}
