using Amazon.ECS;
using Amazon.ECS.Model;
using Moq;
using EcsTask = Amazon.ECS.Model.Task;

namespace Dispatcher.Jobs.Ecs.Tests.EcsRunTask;

/// <summary>
/// Is a cluster in memory that treats client tokens as ECS documents it: a request that it has answered with tasks is answered the same again.
/// </summary>
internal sealed class FakeEcs
{
    private readonly Queue<Func<RunTaskRequest, RunTaskResponse>> _script = new();
    private readonly Dictionary<string, RunTaskResponse> _answered = new(StringComparer.Ordinal);
    private readonly Mock<IAmazonECS> _ecs = new(MockBehavior.Strict);

    public FakeEcs()
    {
        _ecs.Setup(ecs => ecs.RunTaskAsync(It.IsAny<RunTaskRequest>(), It.IsAny<CancellationToken>())).Returns<RunTaskRequest, CancellationToken>(RunAsync);
        _ecs.Setup(ecs => ecs.ListTasksAsync(It.IsAny<ListTasksRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ListTasksRequest request, CancellationToken _) => new ListTasksResponse
            {
                TaskArns = [.. Tasks.Where(task => task.StartedBy == request.StartedBy && task.LastStatus != "STOPPED").Select(task => task.TaskArn)],
            });
        _ecs.Setup(ecs => ecs.DescribeTasksAsync(It.IsAny<DescribeTasksRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((DescribeTasksRequest request, CancellationToken _) =>
            {
                Looks++;
                OnLook?.Invoke(Looks);
                return new DescribeTasksResponse { Tasks = [.. Tasks.Where(task => request.Tasks.Contains(task.TaskArn))] };
            });
        _ecs.Setup(ecs => ecs.DescribeTaskDefinitionAsync(It.IsAny<DescribeTaskDefinitionRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => DescribeDefinition());
    }

    public IAmazonECS Client => _ecs.Object;

    public List<EcsTask> Tasks { get; } = [];

    public List<RunTaskRequest> Calls { get; } = [];

    /// <summary>Gets or sets the answer about the task definition: a container named <c>sidecar</c> is not essential.</summary>
    public Func<DescribeTaskDefinitionResponse> DescribeDefinition { get; set; } = () => new DescribeTaskDefinitionResponse
    {
        TaskDefinition = new TaskDefinition
        {
            ContainerDefinitions =
            [
                new ContainerDefinition { Name = "main", Essential = true },
                new ContainerDefinition { Name = "proxy" },
                new ContainerDefinition { Name = "sidecar", Essential = false },
            ],
        },
    };

    /// <summary>Gets or sets the clock that ECS stamps tasks with.</summary>
    public TimeProvider? Clock { get; set; }

    public int Looks { get; private set; }

    public Action<int>? OnLook { get; set; }

    /// <summary>Gets a task that ends at the first call that writes.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Hangs { get; set; }

    public FakeEcs Next(Func<RunTaskRequest, RunTaskResponse> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Starts some of the next call's tasks, and says why not the others.</summary>
    public FakeEcs NextStarts(int tasks, string reason) => Next(request => new RunTaskResponse
    {
        Tasks = Start(request, tasks),
        Failures = [.. Enumerable.Range(tasks, request.Count!.Value - tasks).Select(_ => new Amazon.ECS.Model.Failure { Reason = reason, Arn = "arn:aws:ecs:::container-instance/1" })],
    });

    public FakeEcs NextThrows(Exception exception) => Next(_ => throw exception);

    public void Stop(int? exitCode, string? reason = null)
    {
        foreach (var task in Tasks)
        {
            task.LastStatus = "STOPPED";
            task.StoppedReason = reason;
            task.Containers = [new Container { Name = "main", ExitCode = exitCode }];
        }
    }

    /// <summary>Stops all tasks as ECS does when an essential container ended.</summary>
    public void StopWith(string? stopCode, string? stoppedReason, params Container[] containers)
    {
        foreach (var task in Tasks)
        {
            task.LastStatus = "STOPPED";
            task.StopCode = stopCode;
            task.StoppedReason = stoppedReason;
            task.Containers = [.. containers];
        }
    }

    /// <summary>Starts the next call's tasks, and loses the answer.</summary>
    public FakeEcs NextLosesItsAnswer(Exception exception) => Next(request =>
    {
        if (!_answered.ContainsKey(request.ClientToken))
        {
            _answered.Add(request.ClientToken, new RunTaskResponse { Tasks = Start(request, request.Count!.Value) });
        }

        throw exception;
    });

    public List<EcsTask> Start(RunTaskRequest request, int tasks)
    {
        var started = Enumerable.Range(0, tasks).Select(_ => new EcsTask
        {
            TaskArn = $"arn:aws:ecs:us-east-1:123456789012:task/default/{Tasks.Count}-{Guid.NewGuid():n}",
            TaskDefinitionArn = $"arn:aws:ecs:us-east-1:123456789012:task-definition/{request.TaskDefinition}:1",
            StartedBy = request.StartedBy,
            CreatedAt = Clock?.GetUtcNow().UtcDateTime,
            LastStatus = "RUNNING",
        }).ToList();
        Tasks.AddRange(started);
        return started;
    }

    private async Task<RunTaskResponse> RunAsync(RunTaskRequest request, CancellationToken cancellationToken)
    {
        Calls.Add(request);
        Called.TrySetResult();
        if (Hangs)
        {
            await System.Threading.Tasks.Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (_script.TryDequeue(out var answer))
        {
            return answer(request);
        }

        if (!_answered.TryGetValue(request.ClientToken, out var response))
        {
            response = new RunTaskResponse { Tasks = Start(request, request.Count!.Value) };
            _answered.Add(request.ClientToken, response);
        }

        return response;
    }
}
