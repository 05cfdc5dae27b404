using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Testing.Aws;

/// <summary>
/// The contract that a job's registration allows exactly what the job needs: it fails for an operation that no <c>Allow</c> covers, and for
/// an action that is allowed and that no run needed. It judges the union of its runs, so one test runs every path of the job.
/// </summary>
/// <remarks>Conditions of permissions are not evaluated.</remarks>
/// <example>
/// <code>
/// var contract = new PermissionContract();
/// await using var harness = CreateHarness();
/// await contract.RunAsync(harness, """{"job":"rotate-logs"}""");
/// contract.Verify();
/// </code>
/// </example>
/// <param name="parameters">
/// The values of template parameters that do not follow from a setting of the harness: <c>["QueueName"] = "celery"</c>.
/// </param>
/// <param name="deployment">The name of the deployment to judge, if the job has several; by default all of them together.</param>
public sealed class PermissionContract(IReadOnlyDictionary<string, string>? parameters = null, string? deployment = null)
{
    private readonly AwsOperationLog _log = new();
    private readonly Dictionary<string, DeclaredPermission> _declared = [];
    private readonly HashSet<string> _used = [];
    private readonly List<MissingPermission> _missing = [];
    private readonly Dictionary<string, string> _assumed = [];
    private readonly List<string> _runs = [];
    private string? _job;

    /// <summary>Gets the operations of all runs.</summary>
    public IReadOnlyList<AwsOperation> Operations => _log.Operations;

    /// <summary>Runs a payload and records its operations.</summary>
    /// <param name="harness">A dispatcher with the job, whose clients reach a service, such as a local AWS.</param>
    /// <param name="payload">The payload, JSON. All runs of a contract are of one job.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>The record of the run. A run that failed before it needed everything proves less.</returns>
    /// <exception cref="JobContractException">A declared resource names a parameter that has no value.</exception>
    public async Task<RunRecord> RunAsync(JobHarness harness, string payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);

        var descriptor = harness.Services.GetRequiredService<JobRegistry>().Get(JobOf(payload));
        var values = new TemplateValues(
            parameters ?? new Dictionary<string, string>(), harness.Services.GetRequiredService<IConfiguration>());
        var declared = DeclaredPermissions.Read(descriptor, deployment, values);
        var log = new AwsOperationLog();
        RunRecord record;
        using (_log.Record())
        using (log.Record())
        {
            record = await harness.RunAsync(payload, cancellationToken: cancellationToken);
        }

        _runs.Add($"{record.Status}: {record.Summary}");
        Compare(declared, log.Operations, DeclaredPermissions.ReadValues(descriptor, values));
        return record;
    }

    /// <summary>Accepts that no run shows the need for an action, such as one that a Lambda extension needs.</summary>
    /// <param name="action">The action, as it is declared.</param>
    /// <param name="reason">What needs it.</param>
    /// <returns>The contract.</returns>
    public PermissionContract Assume(string action, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentException.ThrowIfNullOrEmpty(reason);

        _assumed[action] = reason;
        return this;
    }

    /// <summary>Checks that all runs together needed exactly what is declared.</summary>
    /// <exception cref="JobContractException">They needed more, or less. The message has the actions, resources and lines.</exception>
    public void Verify()
    {
        var unused = _declared.Where(pair => !_used.Contains(pair.Key) && !_assumed.ContainsKey(pair.Value.Action))
            .Select(static pair => pair.Value).ToList();
        var problems = PermissionReport.Describe(_missing, unused, DescribeNeedlessAssumptions(), _log.Operations.Count == 0).ToList();
        if (problems.Count > 0)
        {
            string[] lines =
            [
                $"The registration of '{_job}' has to allow what the job needs, and nothing else.",
                .. problems,
                .. PermissionReport.DescribeRuns(_runs),
            ];
            throw new JobContractException(string.Join(Environment.NewLine, lines));
        }
    }

    private IEnumerable<string> DescribeNeedlessAssumptions() => _assumed.Keys
        .Where(action => !_declared.Values.Any(declared => declared.Action == action && !_used.Contains(declared.Key)));

    private string JobOf(string payload)
    {
        var job = JsonNode.Parse(payload)?["job"]?.GetValue<string>() ?? string.Empty;
        _job ??= job;
        return job == _job
            ? job
            : throw new ArgumentException($"The contract is about '{_job}', but the payload is of '{job}'. Create a contract for each job.",
                nameof(payload));
    }

    private void Compare(IReadOnlyList<DeclaredPermission> declared, IEnumerable<AwsOperation> operations, TemplateValues values)
    {
        foreach (var permission in declared)
        {
            _declared[permission.Key] = permission;
        }

        foreach (var operation in operations)
        {
            foreach (var needed in operation.Permissions)
            {
                var covering = declared.Where(permission => permission.Covers(needed)).Select(static permission => permission.Key).ToList();
                _used.UnionWith(covering);
                if (covering.Count == 0 && !needed.IsUncertain)
                {
                    var similar = declared.FirstOrDefault(
                        permission => permission.HasServiceOf(needed.Action) && permission.CoversResource(needed.Resource));
                    _missing.Add(new MissingPermission(
                        operation, needed, similar?.Declared[0], needed.Resource is null ? "*" : values.Generalize(needed.Resource)));
                }
            }
        }
    }
}
