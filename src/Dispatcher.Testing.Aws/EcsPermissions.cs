namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to ECS: https://docs.aws.amazon.com/service-authorization/latest/reference/list_ecs.html, and for tags
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html.
/// </summary>
internal static class EcsPermissions
{
    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request) => operation switch
    {
        "RunTask" or "StartTask" => Start(operation, request),
        "DescribeTasks" => Named(operation, request.Texts("Tasks").Select(task => TaskOf(request, task))),
        "StopTask" => Named(operation, TaskOf(request, request.TextOr("Task", "*"))),
        "DescribeClusters" => Named(operation, request.Texts("Clusters").DefaultIfEmpty("default").Select(ClusterArnOf)),
        "DescribeServices" => Named(operation, request.Texts("Services").Select(name => ServiceOf(request, name))),
        "UpdateService" or "DeleteService" => Named(operation, ServiceOf(request, request.TextOr("Service", "*"))),
        "DescribeTaskDefinition" or "ListTaskDefinitions" or "ListTaskDefinitionFamilies" or "ListClusters" or "ListTasks" =>
            Named(operation, "*"),
        _ => Named(operation, request.FirstArn()),
    };

    private static IEnumerable<AwsPermission> Named(string operation, params IEnumerable<string?> resources) =>
        RequestPermissions.Named("ecs", operation, resources);

    private static IEnumerable<AwsPermission> Start(string operation, RequestValues request)
    {
        yield return new AwsPermission($"ecs:{operation}", DefinitionOf(request.TextOr("TaskDefinition", "*")));

        var overrides = request.Item("Overrides");
        string?[] roles = [overrides?.Text("TaskRoleArn"), overrides?.Text("ExecutionRoleArn")];
        foreach (var role in roles.OfType<string>())
        {
            yield return new AwsPermission("iam:PassRole", role);
        }

        // The roles of the task definition are passed as well.
        yield return new AwsPermission("iam:PassRole", null) { IsUncertain = true };
        if (request.Has("Tags"))
        {
            yield return new AwsPermission("ecs:TagResource", TaskOf(request, "*"));
        }
    }

    /// <summary>A family without a revision is its latest one.</summary>
    private static string DefinitionOf(string definition) =>
        Arn.Regional("ecs", "task-definition/", Arn.Is(definition) || definition.Contains(':') ? definition : $"{definition}:*");

    private static string TaskOf(RequestValues request, string task) => Arn.Regional("ecs", $"task/{ClusterOf(request)}/", task);

    private static string ServiceOf(RequestValues request, string name) => Arn.Regional("ecs", $"service/{ClusterOf(request)}/", name);

    private static string ClusterArnOf(string cluster) => Arn.Regional("ecs", "cluster/", cluster);

    private static string ClusterOf(RequestValues request) => request.TextOr("Cluster", "default").Split('/')[^1];
}
