#nullable enable
using System.Reflection;
using System.Runtime.Loader;
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

        // An overloaded name is refused, here with an AmbiguousMatchException.
        var handlerMethod = handlerType.GetMethod(method, BindingFlags.Public | BindingFlags.Instance)
            ?? throw new MissingMethodException(type, method);
        invoke = handlerMethod.CreateDelegate<Func<Stream, ILambdaContext, Task<Stream>>>(Activator.CreateInstance(handlerType));
        return Task.FromResult(true);
    })
    .Build();
await bootstrap.RunAsync();
