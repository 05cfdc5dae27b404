using System.Text.Json.Nodes;
using Amazon.Runtime;
using Dispatcher.Hosting;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing.Aws;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>The tests of a job's declared permissions: by the operations that it calls, and by a server that enforces them.</summary>
internal abstract class PermissionFixture
{
    private EnforcedMoto _moto = null!;

    /// <summary>Gets the name of the deployment; <see langword="null"/>: all of the job's.</summary>
    protected virtual string? Deployment => null;

    /// <summary>Gets the actions whose lack moto does not notice.</summary>
    protected virtual IEnumerable<string> NotJudged => [];

    /// <summary>Gets the actions that something other than the job's own calls needs.</summary>
    protected virtual IEnumerable<string> NeededElsewhere => [];

    protected MotoServer Server => _moto.Server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedEnforcedMoto.GetAsync();
        await PrepareAsync();
    }

    [Test]
    public async Task Registration_AllRuns_AllowsExactlyWhatTheyNeed()
    {
        await using var world = await CreateWorldAsync(MotoServer.Credentials);
        var contract = new PermissionContract(world.Parameters, Deployment);
        foreach (var (harness, payload) in world.Runs)
        {
            var record = await contract.RunAsync(harness, payload);
            Assert.That(record.Status, Is.AnyOf(JobStatus.Succeeded, JobStatus.Planned), record.Summary);
        }

        foreach (var action in NeededElsewhere)
        {
            contract.Assume(action, "called outside of the process");
        }

        contract.Verify();
    }

    [Test]
    public async Task RunAsync_ExactlyTheDeclaredPermissions_Succeeds()
    {
        var operations = await FindOperationsAsync();

        var outcome = await RunUnderPolicyAsync(operations, without: null);

        Assert.That(outcome.HasFailed, Is.False, outcome.Text);
    }

    [Test]
    public async Task RunAsync_WithoutAnyOneAction_FailsAndNamesIt()
    {
        var operations = await FindOperationsAsync();
        var unnoticed = new List<string>();
        foreach (var action in await FindActionsAsync())
        {
            var outcome = await RunUnderPolicyAsync(operations, action);
            if (!outcome.HasFailed)
            {
                unnoticed.Add(action);
            }
            else
            {
                Assert.That(outcome.Text, Does.Contain(action), "The message does not name the missing permission.");
            }
        }

        Assert.That(unnoticed, Is.EquivalentTo(NotJudged));
    }

    /// <summary>Prepares the server.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Creates a world in its initial state, whose dispatchers have clients with the given credentials.</summary>
    protected abstract Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials);

    private static string JobOf(string payload) => JsonNode.Parse(payload)!["job"]!.GetValue<string>();

    /// <summary>A HEAD is denied without a code.</summary>
    private static bool IsDenial(string text) =>
        text.Contains("AccessDenied", StringComparison.Ordinal) || text.Contains("Forbidden", StringComparison.Ordinal);

    /// <summary>Reads the declared permissions, with the values of the parameters in each run.</summary>
    private IEnumerable<DeclaredPermission> ReadDeclared(PermissionWorld world) => world.Runs.SelectMany(run =>
    {
        var services = run.Harness.Services;
        var values = new TemplateValues(world.Parameters, services.GetRequiredService<IConfiguration>());
        return DeclaredPermissions.Read(services.GetRequiredService<JobRegistry>().Get(JobOf(run.Payload)), Deployment, values);
    });

    private async Task<IReadOnlyList<string>> FindActionsAsync()
    {
        await using var world = await CreateWorldAsync(MotoServer.Credentials);
        return [.. ReadDeclared(world).Select(static permission => permission.Action).Distinct()];
    }

    private async Task<IReadOnlyList<AwsOperation>> FindOperationsAsync()
    {
        await using var world = await CreateWorldAsync(MotoServer.Credentials);
        var log = new AwsOperationLog();
        foreach (var (harness, payload) in world.Runs)
        {
            using (log.Record())
            {
                await harness.RunAsync(payload);
            }
        }

        return log.Operations;
    }

    private async Task<(bool HasFailed, string Text)> RunUnderPolicyAsync(IReadOnlyList<AwsOperation> operations, string? without)
    {
        await using var world = await CreateWorldAsync(_moto.Credentials);
        var policy = MotoPolicy.Write(ReadDeclared(world).Where(permission => permission.Action != without), operations);
        await using var enforcement = await _moto.EnforceAsync(policy);
        var (hasFailed, texts) = (false, new List<string>());
        foreach (var (harness, payload) in world.Runs)
        {
            var record = await harness.RunAsync(payload);
            hasFailed |= record.Status is not (JobStatus.Succeeded or JobStatus.Planned);
            texts.AddRange([record.Summary, .. record.Errors.Select(static error => error.Error), .. harness.Logs.Lines.Where(IsDenial)]);
        }

        // A run may also go on without what it may not read, and log that.
        hasFailed |= texts.Exists(IsDenial);
        return (hasFailed, string.Join(Environment.NewLine, texts.Distinct()));
    }
}
