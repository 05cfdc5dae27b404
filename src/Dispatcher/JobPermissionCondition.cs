namespace Dispatcher;

/// <summary>A condition of a permission.</summary>
/// <param name="Operator">The operator of IAM: <c>ArnEquals</c>, <c>StringEquals</c>.</param>
/// <param name="Key">The condition key: <c>ecs:cluster</c>.</param>
/// <param name="Value">The value, in which <c>${Parameter}</c> is replaced.</param>
public sealed record JobPermissionCondition(string Operator, string Key, string Value);
