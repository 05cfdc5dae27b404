using Amazon.Runtime;
using Dispatcher.Races.Tests.World;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>The client of one upload, who does one thing after the other until it is done or something is refused.</summary>
internal sealed class SimulatedClient
{
    private readonly CleanupWorld _world;
    private readonly ClientApi _api;
    private readonly bool _isConditional;
    private readonly Queue<Step> _steps;

    public SimulatedClient(CleanupWorld world, ClientApi api, Upload upload, bool isConditional, Random random)
    {
        _world = world;
        _api = api;
        _isConditional = isConditional;
        Upload = upload;
        Standing = Initially(upload.Kind);
        _steps = new Queue<Step>(Choose(random));
    }

    public Upload Upload { get; }

    /// <summary>Gets how the upload stands now.</summary>
    public Standing Standing { get; private set; }

    public Step? Next => _steps.Count == 0 ? null : _steps.Peek();

    /// <summary>Gets a value indicating whether the client has finished the session, so that its status has to stay.</summary>
    public bool HasFinishedSession { get; private set; }

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>Does the next step. Whatever is refused ends what the client is about.</summary>
    /// <returns>What it did.</returns>
    public async Task<string> StepAsync()
    {
        var step = _steps.Dequeue();
        try
        {
            await step.Act();
        }
        catch (AmazonServiceException exception)
        {
            _steps.Clear();
            return $"{step.Name} is refused: {exception.ErrorCode}";
        }

        Standing = step.Standing() ?? Standing;
        HasFinishedSession = HasFinishedSession || step.Name == "finish";
        return step.Name;
    }

    private static Standing Initially(UploadKind kind) => kind switch
    {
        UploadKind.Uploaded or UploadKind.UploadedForGood or UploadKind.Processed or UploadKind.FinishedOrphan
            or UploadKind.MultipartCompleted => new(DateTimeOffset.MaxValue, "finished from the beginning"),
        UploadKind.Fresh or UploadKind.MultipartFresh => new(CleanupWorld.Beginning.AddHours(2), "not expired yet"),
        UploadKind.PartialOver or UploadKind.Stray => new(DateTimeOffset.MinValue, "abandoned long ago"),
        _ => new(CleanupWorld.Beginning, "not marked yet"),
    };

    private IEnumerable<Step> Choose(Random random)
    {
        switch (Upload.Kind)
        {
            case UploadKind.Orphan or UploadKind.YoungOrphan:
                return _isConditional ? [] : ChooseRescue(random);
            case UploadKind.Fresh or UploadKind.ExpiredWithObject or UploadKind.ExpiredWithoutObject:
                return ChooseSingle(random);
            case UploadKind.MultipartFresh or UploadKind.MultipartEmpty or UploadKind.MultipartWithParts:
                return ChooseMultipart(random);
            default:
                return [];
        }
    }

    private IEnumerable<Step> ChooseRescue(Random random) => random.Next(5) switch
    {
        0 => [CreateSession()],
        1 => [Tag()],
        2 => [Retag(), CreateSession()],
        3 => [Put("same"), Tag()],
        _ => [Put("other")],
    };

    private IEnumerable<Step> ChooseSingle(Random random) => random.Next(7) switch
    {
        0 => [Put("same"), Finish()],
        1 => [Put("other"), Finish()],
        2 => [Renew(random), Put("same"), Finish()],
        3 => [Renew(random)],
        4 => [Put("other"), Finish(), Put("same")],
        5 => [Renew(random), Renew(random), Put("other"), Finish()],
        _ => [Renew(random), .. Abandon()],
    };

    private IEnumerable<Step> ChooseMultipart(Random random) => random.Next(5) switch
    {
        0 => [Part(), Complete(), Finish()],
        1 => [Renew(random), Part(), Complete(), Finish()],
        2 => [Renew(random)],
        3 => [Part(), Renew(random), Complete(), Finish(), Put("other")],
        _ => [Renew(random), .. Abandon()],
    };

    private Step Finish() => new("finish", () => _api.FinishAsync(Upload.Id), static () => new(DateTimeOffset.MaxValue, "finished"));

    private Step Renew(Random random)
    {
        var by = TimeSpan.FromHours(random.Next(1, 48));
        var until = DateTimeOffset.MinValue;
        return new(
            "renew",
            () => _api.RenewAsync(Upload.Id, until = DateTimeOffset.FromUnixTimeSeconds((Now + by).ToUnixTimeSeconds())),
            () => Standing.IsFinished ? null : new(until, "renewed"));
    }

    private Step Put(string content) => new(
        $"put {content} bytes", () => _api.PutObjectAsync(Upload.Key, content == "same" ? Upload.Key : content), () => Touched("written"));

    private Step Part() => new("part", () => _api.PutPartAsync(Upload.Key, Upload.UploadId!), static () => null);

    private Step Complete() => new("complete", () => _api.CompleteAsync(Upload.Key, Upload.UploadId!), () => Touched("completed"));

    private Step CreateSession() => new(
        "create session", () => _api.CreateSessionAsync(Upload, "uploaded"), static () => new(DateTimeOffset.MaxValue, "given a session"));

    private Step Tag() => new(
        "tag finished", () =>
            _api.AddTagAsync(Upload.Key, CleanupWorld.FinishedTag), static () => new(DateTimeOffset.MaxValue, "tagged finished"))
    {
        WritesTags = true,
    };

    private Step Retag() =>
        new("retag", () => _api.ReplaceTagsAsync(Upload.Key, "app"), () => Touched("tagged anew")) { WritesTags = true };

    private IEnumerable<Step> Abandon()
    {
        if (Upload.UploadId is { } uploadId)
        {
            yield return new("abort", () => _api.AbortAsync(Upload.Key, uploadId), Gone);
        }

        yield return new("delete session", () => _api.DeleteSessionAsync(Upload.Id), Gone);
        yield return new("delete object", () => _api.DeleteObjectAsync(Upload.Key), Gone);
    }

    private static Standing Gone() => new(DateTimeOffset.MinValue, "given up");

    /// <summary>
    /// A write of the object or its tags shows that somebody is there, but is nothing that a condition of the table protects.
    /// </summary>
    private Standing? Touched(string how) => _isConditional || Standing.AbandonedSince > Now ? null : new(Now, how);
}
