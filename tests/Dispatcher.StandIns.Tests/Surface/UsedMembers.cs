using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>Lists what compiled code uses of the packages, in the words of <see cref="OfferedMembers"/>.</summary>
internal static class UsedMembers
{
    public static IReadOnlyCollection<string> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return [];
        }

        var metadata = file.GetMetadataReader();
        var names = new SignatureNames(metadata);
        var types = metadata.TypeReferences
            .Select(handle => names.GetTypeFromReference(metadata, handle, 0))
            .Where(IsOfPackage)
            .Select(type => $"{type.Assembly} {type.Definition}");
        var members = metadata.MemberReferences
            .Select(handle => Render(names, metadata, metadata.GetMemberReference(handle)))
            .OfType<string>();
        return [.. types.Concat(members).Distinct()];
    }

    /// <summary>Lists the interfaces of the AWS SDK that compiled code implements; they have more members than their stand-ins.</summary>
    public static IReadOnlyCollection<string> ImplementedClients(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var names = new SignatureNames(metadata);
        return
        [
            .. metadata.TypeDefinitions
                .SelectMany(type => metadata.GetTypeDefinition(type).GetInterfaceImplementations())
                .Select(handle => names.Resolve(metadata.GetInterfaceImplementation(handle).Interface))
                .Where(type => IsOfPackage(type) && type.Assembly!.StartsWith("AWSSDK.", StringComparison.Ordinal))
                .Select(type => type.Definition),
        ];
    }

    private static string? Render(SignatureNames names, MetadataReader metadata, MemberReference member)
    {
        var owner = names.Resolve(member.Parent);
        if (!IsOfPackage(owner))
        {
            return null;
        }

        var name = metadata.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return TypeNames.Member(owner.Assembly!, owner.Definition, name, member.DecodeFieldSignature(names, null).Text);
        }

        var signature = member.DecodeMethodSignature(names, null);
        if (name == ".ctor" && signature.ParameterTypes is [{ Text: "object" }, { Text: "IntPtr" }])
        {
            // How compiled code makes a delegate; the list has the delegate itself.
            return null;
        }

        return TypeNames.Method(
            owner.Assembly!, owner.Definition, name, signature.ParameterTypes.Select(type => type.Text), signature.ReturnType.Text);
    }

    private static bool IsOfPackage(SignatureName type) => PackageAssemblies.Names.Contains(type.Assembly);
}
