namespace Dispatcher.Testing.Aws;

/// <summary>A permission that an operation needs.</summary>
/// <param name="Action">The action of IAM, for example <c>s3:GetObject</c>.</param>
/// <param name="Resource">
/// The ARN that the request names, for example <c>arn:${AWS::Partition}:s3:::logs/app/1.log</c>; <c>*</c> if the action has no resources;
/// <see langword="null"/> if the request does not show the resource.
/// </param>
public sealed record AwsPermission(string Action, string? Resource)
{
    /// <summary>
    /// Gets a value indicating whether the permission depends on something that the request does not show, such as the roles of a task
    /// definition or the key of an encrypted secret. If it is not declared, that is not a failure.
    /// </summary>
    public bool IsUncertain { get; init; }

    /// <inheritdoc />
    public override string ToString() => Resource is null ? Action : $"{Action} on {Resource}";
}
