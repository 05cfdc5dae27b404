using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>Names the types in the signatures of a compiled assembly.</summary>
internal sealed class SignatureNames(MetadataReader metadata) : ISignatureTypeProvider<SignatureName, object?>
{
    public SignatureName Resolve(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeDefinition => GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeSpecification => GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)handle, 0),
        _ => Plain(handle.Kind.ToString()),
    };

    public SignatureName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = TypeNames.Simple(reader.GetString(type.Name));
        var assembly = type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference =>
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0).Assembly,
            _ => null,
        };
        return new SignatureName(name, name, assembly);
    }

    public SignatureName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Plain(TypeNames.Simple(reader.GetString(reader.GetTypeDefinition(handle).Name)));

    public SignatureName GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public SignatureName GetPrimitiveType(PrimitiveTypeCode typeCode) => Plain(TypeNames.Simple(typeCode.ToString()));

    public SignatureName GetGenericInstantiation(SignatureName genericType, ImmutableArray<SignatureName> typeArguments) =>
        genericType with { Text = TypeNames.Generic(genericType.Text, typeArguments.Select(argument => argument.Text)) };

    public SignatureName GetGenericTypeParameter(object? genericContext, int index) => Plain($"!{index}");

    public SignatureName GetGenericMethodParameter(object? genericContext, int index) => Plain($"!!{index}");

    public SignatureName GetSZArrayType(SignatureName elementType) => Plain(TypeNames.Array(elementType.Text));

    public SignatureName GetArrayType(SignatureName elementType, ArrayShape shape) => Plain(TypeNames.Array(elementType.Text));

    public SignatureName GetByReferenceType(SignatureName elementType) => Plain(TypeNames.Array(elementType.Text));

    public SignatureName GetPointerType(SignatureName elementType) => Plain(TypeNames.Array(elementType.Text));

    public SignatureName GetFunctionPointerType(MethodSignature<SignatureName> signature) => Plain("delegate*");

    public SignatureName GetModifiedType(SignatureName modifier, SignatureName unmodifiedType, bool isRequired) => unmodifiedType;

    public SignatureName GetPinnedType(SignatureName elementType) => elementType;

    private static SignatureName Plain(string text) => new(text, text, null);
}
