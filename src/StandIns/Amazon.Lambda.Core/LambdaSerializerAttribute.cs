namespace Amazon.Lambda.Core;

/// <summary>Names the serializer of a handler, or of all handlers of an assembly.</summary>
/// <param name="serializerType">A type that implements <see cref="ILambdaSerializer"/> and has a parameterless constructor.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    /// <summary>Gets or sets the type of the serializer.</summary>
    public Type SerializerType { get; set; } = serializerType;
}
