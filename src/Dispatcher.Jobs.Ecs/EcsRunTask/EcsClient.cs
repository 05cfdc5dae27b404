using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.Failures;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Calls ECS about one cluster, and says what its errors mean.</summary>
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
        CallAsync("ecs:RunTask, and iam:PassRole on the task's roles,", () => ecs.RunTaskAsync(request, cancellationToken));

    /// <summary>Asks how tasks are.</summary>
    public Task<DescribeTasksResponse> DescribeAsync(IReadOnlyList<string> tasks, CancellationToken cancellationToken)
    {
        var request = new DescribeTasksRequest { Cluster = parameters.Cluster, Tasks = [.. tasks] };
        return CallAsync("ecs:DescribeTasks", () => ecs.DescribeTasksAsync(request, cancellationToken));
    }

    private async Task<T> CallAsync<T>(string actions, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ClusterNotFoundException exception)
        {
            throw new PermanentJobException($"There is no cluster '{Cluster}' in the function's account and region. Correct 'cluster', or create it.", exception);
        }
        catch (AmazonECSException exception) when (exception.ErrorCode is "AccessDeniedException" or "AccessDenied")
        {
            throw new PermanentJobException(
                $"Access to task definition '{parameters.TaskDefinition}' on cluster '{Cluster}' is denied. Allow {actions} in the function's role. ({exception.Message})",
                exception);
        }
        catch (AmazonECSException exception) when (exception is ClientException or InvalidParameterException && PlacementFailure.IsPassing(exception.Message))
        {
            throw new TaskNotStartedException($"ECS did not start task definition '{parameters.TaskDefinition}' on cluster '{Cluster}': {exception.Message}", exception);
        }
        catch (AmazonECSException exception) when (exception is ClientException or InvalidParameterException or PlatformUnknownException
            or PlatformTaskDefinitionIncompatibilityException or UnsupportedFeatureException or BlockedException)
        {
            throw new PermanentJobException(
                $"ECS refused to run task definition '{parameters.TaskDefinition}' on cluster '{Cluster}': {exception.Message} Correct the parameters or the profile.",
                exception);
        }
    }

    private string Cluster => parameters.Cluster ?? "default";
}
