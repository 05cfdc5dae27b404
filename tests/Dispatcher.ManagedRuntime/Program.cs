#nullable enable
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

if (args is not [var handler] || handler.Split("::") is not [var assembly, var type, var method])
{
    throw new ArgumentException("Give the handler as Assembly::Namespace.Type::Method.");
}

Func<Stream, ILambdaContext, Task<Stream>>? invoke = null;
using var bootstrap = LambdaBootstrapBuilder
    .Create((payload, context) => invoke!(payload, context))
    .UseBootstrapHandler(() =>
    {
        var handlerType = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(type, throwOnError: true)!;

        // A method may be inherited. An overloaded name is refused, here with an AmbiguousMatchException.
        var handlerMethod = handlerType.GetMethod(method, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new MissingMethodException(type, method);
        var handle = handlerMethod.CreateDelegate<Func<Stream, ILambdaContext, Task<JsonElement>>>(Activator.CreateInstance(handlerType));
        var attribute = handlerMethod.GetCustomAttribute<LambdaSerializerAttribute>()
            ?? handlerType.Assembly.GetCustomAttribute<LambdaSerializerAttribute>();
        var serializer = (ILambdaSerializer)Activator.CreateInstance(attribute!.SerializerType)!;
        invoke = async (payload, context) =>
        {
            var answer = new MemoryStream();
            serializer.Serialize(await handle(payload, context), answer);
            answer.Position = 0;
            return answer;
        };
        return Task.FromResult(true);
    })
    .Build();
await bootstrap.RunAsync();
