using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Moq;

namespace Dispatcher.Function.Tests;

/// <summary>Finds the handler by its string, as Lambda's managed runtime does for a class library.</summary>
public sealed class ClassLibraryHandlerTests
{
    private const string Handler = "Dispatcher.Function::Dispatcher.Function.Function::HandleAsync";

    [Test]
    public async Task Handler_ByReflection_AnswersAPayload()
    {
        var method = FindMethod(out var type);
        var parameters = method.GetParameters();
        var serializer = FindSerializer(type.Assembly);
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes("""{"job":"$list"}"""));
        var input = typeof(ILambdaSerializer).GetMethod(nameof(ILambdaSerializer.Deserialize))!
            .MakeGenericMethod(parameters[0].ParameterType)
            .Invoke(serializer, [payload]);

        var instance = Activator.CreateInstance(type);
        var task = (Task)method.Invoke(instance, [input, Mock.Of<ILambdaContext>()])!;
        await task;

        using var response = new MemoryStream();
        var result = task.GetType().GetProperty("Result")!.GetValue(task);
        typeof(ILambdaSerializer).GetMethod(nameof(ILambdaSerializer.Serialize))!
            .MakeGenericMethod(method.ReturnType.GenericTypeArguments[0])
            .Invoke(serializer, [result, response]);
        Assert.That(JsonElement.Parse(response.ToArray()).ValueKind, Is.EqualTo(JsonValueKind.Array));
    }

    [Test]
    public void Handler_Signature_TakesAnEventAndTheContext()
    {
        var method = FindMethod(out var type);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(type.GetConstructor(BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes), Is.Not.Null);
            Assert.That(method.GetParameters(), Has.Length.EqualTo(2));
            Assert.That(method.GetParameters()[1].ParameterType, Is.EqualTo(typeof(ILambdaContext)));
            Assert.That(type.GetMethods().Count(other => other.Name == method.Name), Is.EqualTo(1), "the runtime refuses an overloaded name");
        }
    }

    private static MethodInfo FindMethod(out Type type)
    {
        var parts = Handler.Split("::");
        type = Assembly.Load(parts[0]).GetType(parts[1], throwOnError: true)!;
        return type.GetMethod(parts[2], BindingFlags.Public | BindingFlags.Instance)!;
    }

    private static ILambdaSerializer FindSerializer(Assembly assembly)
    {
        var attribute = assembly.GetCustomAttribute<LambdaSerializerAttribute>();
        Assert.That(attribute, Is.Not.Null, "the assembly names no serializer");
        return (ILambdaSerializer)Activator.CreateInstance(attribute!.SerializerType)!;
    }
}
