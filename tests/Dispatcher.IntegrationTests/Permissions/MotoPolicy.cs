using System.Text.Json;
using Dispatcher.Testing.Aws;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>A job's policy in the form that moto can judge.</summary>
internal static class MotoPolicy
{
    /// <summary>Writes the policy document of permissions.</summary>
    /// <param name="permissions">The permissions of the job, less what is taken away.</param>
    /// <param name="operations">The operations that the job is known to call.</param>
    public static string Write(IEnumerable<DeclaredPermission> permissions, IEnumerable<AwsOperation> operations)
    {
        var granted = permissions.ToList();
        var statements = granted.Select(static permission => (Action: permission.Action, Resources: ResourcesOf(permission)))
            .Concat(operations.DistinctBy(static operation => (operation.Service, operation.Name))
                .Where(IsNoAction).Where(operation => IsAllowed(operation, operations, granted))
                .Select(static operation => (Action: $"{operation.Service}:{operation.Name}", Resources: (string[])["*"])))

            // A policy without a statement is refused; this needs no permission.
            .Append((Action: "sts:GetCallerIdentity", Resources: ["*"]));
        return JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = statements.Select(static statement => new { Effect = "Allow", statement.Action, Resource = statement.Resources }),
        });
    }

    /// <summary>
    /// Moto judges some operations by a name that is not an action of IAM: sqs:SendMessageBatch, dynamodb:TransactWriteItems. It knows the
    /// actions of S3.
    /// </summary>
    private static bool IsNoAction(AwsOperation operation) =>
        operation.Service != "s3"
        && operation.Permissions.All(permission => permission.Action != $"{operation.Service}:{operation.Name}");

    private static bool IsAllowed(
        AwsOperation operation, IEnumerable<AwsOperation> operations, IReadOnlyList<DeclaredPermission> granted) =>
        operations.Where(other => (other.Service, other.Name) == (operation.Service, operation.Name))
            .SelectMany(static other => other.Permissions).Select(static needed => needed.Action).Distinct()
            .All(action => granted.Any(permission => permission.Action == action));

    /// <summary>Moto knows the resources of S3 and of queues' URLs only, and judges DeleteObjects by the bucket.</summary>
    private static string[] ResourcesOf(DeclaredPermission permission) => permission.Action.Split(':')[0] switch
    {
        "s3" when permission.Action == "s3:DeleteObject" =>
            [.. permission.Resources.Select(Fill), .. permission.Resources.Select(static resource => Fill(resource.Split('/')[0]))],
        "s3" or "sqs" when permission.Action != "sqs:GetQueueUrl" => [.. permission.Resources.Select(Fill)],
        _ => ["*"],
    };

    private static string Fill(string resource) => resource
        .Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
        .Replace("${AWS::Region}", EnforcedMoto.Region, StringComparison.Ordinal)
        .Replace("${AWS::AccountId}", EnforcedMoto.Account, StringComparison.Ordinal);
}
