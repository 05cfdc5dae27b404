using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Dispatcher.Middleware;
using Dispatcher.Tests.TestRuns;
using Moq;

namespace Dispatcher.Tests.Arguments;

/// <summary>Makes some value of a type, for the arguments that a call needs beside the one under test.</summary>
internal static class SampleArguments
{
    private static readonly Type[] TypeArguments =
    [
        typeof(SampleParameters), typeof(string), typeof(DelegateJob), typeof(SampleJob), typeof(DeadlineMiddleware), typeof(DayOfWeek),
        typeof(SampleUndo),
    ];

    public static object? Create(Type type)
    {
        if (type == typeof(string))
        {
            return "text";
        }

        if (type.IsAssignableTo(typeof(Delegate)))
        {
            return CreateDelegate(type);
        }

        if (type.IsArray)
        {
            return Array.CreateInstance(type.GetElementType()!, 0);
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        return type.IsAbstract ? Mock(type) : RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>Chooses type arguments that meet the constraints.</summary>
    public static MethodInfo Close(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            return method;
        }

        return Close(method, method.GetGenericArguments().Length, method.MakeGenericMethod);
    }

    /// <summary>Chooses type arguments that meet the constraints.</summary>
    public static Type Close(Type type) =>
        type.IsGenericTypeDefinition ? Close(type, type.GetGenericArguments().Length, type.MakeGenericType) : type;

    private static T Close<T>(T definition, int count, Func<Type[], T> make)
    {
        foreach (var choice in Choices(count))
        {
            try
            {
                return make(choice);
            }
            catch (ArgumentException)
            {
                // The next choice may meet the constraints.
            }
        }

        throw new InvalidOperationException($"No type arguments for '{definition}' are known here. Add them to TypeArguments.");
    }

    private static IEnumerable<Type[]> Choices(int count) => count == 0
        ? [[]]
        : Choices(count - 1).SelectMany(static rest => TypeArguments, static (rest, type) => (Type[])[.. rest, type]);

    private static Delegate CreateDelegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(
            type,
            Expression.Default(invoke.ReturnType),
            invoke.GetParameters().Select(static parameter => Expression.Parameter(parameter.ParameterType, parameter.Name))).Compile();
    }

    private static object Mock(Type type) =>
        ((Mock)Activator.CreateInstance(typeof(Mock<>).MakeGenericType(type))!).Object;
}
