using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.Ecs;

/// <summary>A client of ECS that explains the errors about one cluster.</summary>
internal sealed class EcsClient(IAmazonECS ecs, EcsRunTaskParameters parameters)
{
    /// <summary>Finds the tasks that the slot has started and that have not been told to stop.</summary>
    public async Task<IReadOnlyList<string>> FindStartedAsync(string startedBy, CancellationToken cancellationToken)
    {
        // startedBy has to be the only filter beside the cluster.
        var request = new ListTasksRequest { Cluster = parameters.Cluster, StartedBy = startedBy };
        return (await CallAsync("ecs:ListTasks", () => ecs.ListTasksAsync(request, cancellationToken))).TaskArns ?? [];
    }

    /// <summary>Starts tasks.</summary>
    public Task<RunTaskResponse> RunAsync(RunTaskRequest request, CancellationToken cancellationToken) =>
        CallAsync("ecs:RunTask", () => ecs.RunTaskAsync(request, cancellationToken));

    /// <summary>Describes tasks.</summary>
    public Task<DescribeTasksResponse> DescribeAsync(IReadOnlyList<string> tasks, CancellationToken cancellationToken)
    {
        var request = new DescribeTasksRequest { Cluster = parameters.Cluster, Tasks = [.. tasks] };
        return CallAsync("ecs:DescribeTasks", () => ecs.DescribeTasksAsync(request, cancellationToken));
    }

    /// <summary>Finds the containers whose end ends the task.</summary>
    /// <returns>Their names, or <see langword="null"/> if the function may not read the task definition or it is gone.</returns>
    public async Task<IReadOnlySet<string>?> FindEssentialContainersAsync(string taskDefinition, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeTaskDefinitionRequest { TaskDefinition = taskDefinition };
            var response = await ecs.DescribeTaskDefinitionAsync(request, cancellationToken);
            return response.TaskDefinition?.ContainerDefinitions is { Count: > 0 } containers
                ? containers.Where(container => container.Essential != false).Select(container => container.Name).ToHashSet()
                : null;
        }
        catch (AmazonECSException exception) when (exception is ClientException or InvalidParameterException || IsDenied(exception))
        {
            return null;
        }
    }

    /// <summary>Finds the task definition that a run would start.</summary>
    /// <returns>The task definition, or <see langword="null"/> if the function may not read it.</returns>
    /// <exception cref="PermanentJobException">It does not exist.</exception>
    public async Task<TaskDefinition?> FindDefinitionAsync(CancellationToken cancellationToken)
    {
        var request = new DescribeTaskDefinitionRequest { TaskDefinition = parameters.TaskDefinition };
        try
        {
            return (await CallAsync("ecs:DescribeTaskDefinition", () => ecs.DescribeTaskDefinitionAsync(request, cancellationToken)))
                .TaskDefinition;
        }
        catch (PermanentJobException exception) when (exception.InnerException is AmazonECSException denied && IsDenied(denied))
        {
            return null;
        }
    }

    private async Task<T> CallAsync<T>(string action, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ClusterNotFoundException exception)
        {
            throw new PermanentJobException(
                $"There is no cluster '{Cluster}' in the function's account and region. Correct 'cluster', or create it.", exception);
        }
        catch (AmazonECSException exception) when (IsDenied(exception))
        {
            throw new PermanentJobException(
                $"Access to {What} is denied. {Permission(action, exception)} ({EcsText.Printable(exception.Message)})", exception);
        }
        catch (AmazonECSException exception)
            when (exception is ClientException or InvalidParameterException && PlacementFailure.IsTransientReason(exception.Message))
        {
            throw new TransientJobException($"ECS did not start {What}: {EcsText.Printable(exception.Message)}", exception);
        }
        catch (AmazonECSException exception) when (exception is ClientException or InvalidParameterException or PlatformUnknownException
            or PlatformTaskDefinitionIncompatibilityException or UnsupportedFeatureException or BlockedException)
        {
            throw new PermanentJobException(
                $"ECS refused to run {What}: {EcsText.Printable(exception.Message)} {Remedy(exception.Message)}", exception);
        }
    }

    private static bool IsDenied(AmazonECSException exception) => exception.ErrorCode is "AccessDeniedException" or "AccessDenied";

    private static string Remedy(string message) =>
        message.Contains("container instances", StringComparison.OrdinalIgnoreCase)
        || message.Contains("capacity provider", StringComparison.OrdinalIgnoreCase)
            ? PlacementFailure.Remedy(message, transient: false)
            : "Correct the parameters or the profile.";

    /// <summary>Returns the permission to allow: RunTask implies others, which ECS names in its message.</summary>
    private static string Permission(string called, AmazonECSException exception) => DeniedAction.Find(exception.Message) switch
    {
        { Action: "iam:PassRole" } denied =>
            $"Allow iam:PassRole on {denied.Resource ?? "the task definition's task role and execution role"} in the function's role, "
            + "with the condition iam:PassedToService = ecs-tasks.amazonaws.com.",
        { Action: "ecs:TagResource" } denied =>
            $"Allow ecs:TagResource{On(denied)} in the function's role, with the condition ecs:CreateAction = RunTask, "
            + "or leave out 'tags'.",
        { } denied => $"Allow {denied.Action}{On(denied)} in the function's role.",
        null when called == "ecs:RunTask" =>
            "Allow ecs:RunTask, and iam:PassRole on the task's roles, in the function's role; 'tags' need ecs:TagResource, too.",
        null => $"Allow {called} in the function's role.",
    };

    private static string On(DeniedAction denied) => denied.Resource is { } resource ? $" on {resource}" : string.Empty;

    private string Cluster => parameters.Cluster ?? "default";

    private string What => $"task definition '{parameters.TaskDefinition}' on cluster '{Cluster}'";
}
