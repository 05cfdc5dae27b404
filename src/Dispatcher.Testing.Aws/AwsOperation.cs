namespace Dispatcher.Testing.Aws;

/// <summary>An AWS operation that a run called.</summary>
/// <param name="Service">The service as policies name it, for example <c>s3</c>.</param>
/// <param name="Name">The operation as the SDK names it, for example <c>ListObjectsV2</c>.</param>
/// <param name="Permissions">The permissions that it needs, which its request decides.</param>
public sealed record AwsOperation(string Service, string Name, IReadOnlyList<AwsPermission> Permissions)
{
    /// <inheritdoc />
    public override string ToString() => $"{Service} {Name}";
}
