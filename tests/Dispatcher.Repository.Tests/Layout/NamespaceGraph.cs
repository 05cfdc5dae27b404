using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Dispatcher.Repository.Tests.Layout;

/// <summary>
/// The references between the namespaces of an assembly, read from the compiled types: base types, interfaces, attributes, fields,
/// signatures
/// and method bodies. A constant leaves no trace in the assembly.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);
    private readonly ModuleDefinition _module;

    private NamespaceGraph(ModuleDefinition module) => _module = module;

    /// <summary>Reads the graph of an assembly.</summary>
    /// <param name="path">The path of the assembly.</param>
    /// <returns>The graph.</returns>
    public static NamespaceGraph Read(string path)
    {
        Assert.That(path, Does.Exist, "build the project first");
        using var module = ModuleDefinition.ReadModule(path);
        var graph = new NamespaceGraph(module);
        foreach (var type in module.GetTypes())
        {
            graph.Add(type);
        }

        return graph;
    }

    /// <summary>Finds the cycles.</summary>
    /// <returns>For each namespace that depends on itself through others, one such reference: <c>A -> B (A.One uses B.Two)</c>.</returns>
    public IReadOnlyList<string> FindCycles() =>
    [
        .. _edges.SelectMany(from => from.Value
            .Where(to => Reaches(to.Key, from.Key))
            .Select(to => $"{from.Key} -> {to.Key} ({to.Value})")),
    ];

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var next))
        {
            if (next == to)
            {
                return true;
            }

            if (seen.Add(next) && _edges.TryGetValue(next, out var targets))
            {
                targets.Keys.ToList().ForEach(open.Push);
            }
        }

        return false;
    }

    private void Add(TypeDefinition type)
    {
        Add(type, type.BaseType);
        type.Interfaces.ToList().ForEach(one => Add(type, one.InterfaceType));
        AddAttributes(type, type);
        type.GenericParameters.SelectMany(parameter => parameter.Constraints).ToList().ForEach(
            constraint => Add(type, constraint.ConstraintType));
        foreach (var field in type.Fields)
        {
            Add(type, field.FieldType);
            AddAttributes(type, field);
        }

        type.Properties.ToList().ForEach(property => AddAttributes(type, property));
        foreach (var method in type.Methods)
        {
            AddSignature(type, method);
            AddAttributes(type, method);
            if (method.HasBody)
            {
                AddBody(type, method.Body);
            }
        }
    }

    private void AddAttributes(TypeDefinition type, ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(type, attribute.AttributeType);
            attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().ToList().ForEach(
                value => Add(type, value));
        }
    }

    private void AddSignature(TypeDefinition type, MethodReference method)
    {
        Add(type, method.DeclaringType);
        Add(type, method.ReturnType);
        method.Parameters.ToList().ForEach(parameter => Add(type, parameter.ParameterType));
        if (method is GenericInstanceMethod generic)
        {
            generic.GenericArguments.ToList().ForEach(argument => Add(type, argument));
        }
    }

    private void AddBody(TypeDefinition type, MethodBody body)
    {
        body.Variables.ToList().ForEach(variable => Add(type, variable.VariableType));
        body.ExceptionHandlers.ToList().ForEach(handler => Add(type, handler.CatchType));
        foreach (var operand in body.Instructions.Select(instruction => instruction.Operand))
        {
            switch (operand)
            {
                case TypeReference reference:
                    Add(type, reference);
                    break;
                case MethodReference method:
                    AddSignature(type, method);
                    break;
                case FieldReference field:
                    Add(type, field.DeclaringType);
                    Add(type, field.FieldType);
                    break;
            }
        }
    }

    private void Add(TypeDefinition from, TypeReference? to)
    {
        switch (to)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                generic.GenericArguments.ToList().ForEach(argument => Add(from, argument));
                break;
        }

        var (source, target) = (Outermost(from), Outermost(to.GetElementType()));
        if (target.Scope == _module && IsOwn(source.Namespace) && IsOwn(target.Namespace) && source.Namespace != target.Namespace)
        {
            if (!_edges.TryGetValue(source.Namespace, out var targets))
            {
                _edges[source.Namespace] = targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
            }

            targets.TryAdd(target.Namespace, $"{source.Name} uses {target.Name}");
        }
    }

    /// <summary>Generated code has namespaces of its own.</summary>
    private static bool IsOwn(string name) => name == "Dispatcher" || name.StartsWith("Dispatcher.", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
