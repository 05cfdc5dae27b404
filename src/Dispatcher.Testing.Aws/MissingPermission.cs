namespace Dispatcher.Testing.Aws;

/// <summary>A permission that an operation needed and no declaration covers.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Needed">The permission.</param>
/// <param name="Similar">A declared resource that covers the one that is needed, for another action.</param>
/// <param name="Resource">The resource with the parameters for their values.</param>
internal sealed record MissingPermission(AwsOperation Operation, AwsPermission Needed, string? Similar, string Resource);
