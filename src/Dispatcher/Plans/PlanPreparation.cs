using System.Reflection;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Plans;

/// <summary>The preparation of a run with a plan, before anything runs: opens the plan and refuses what must not be applied.</summary>
internal sealed class PlanPreparation(
    IEnumerable<IPlanStore> stores,
    IOptions<PlanOptions> options,
    IConfiguration configuration,
    FailureClassifier failures,
    TimeProvider timeProvider,
    ILogger<PlanPreparation> logger,
    IPlanOriginProvider? origins = null,
    IRunStore? runs = null)
{
    private readonly IPlanStore[] _stores = [.. stores];

    /// <summary>Prepares the plan of a run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="runId">The id of the run.</param>
    /// <param name="limit">The most changes of the run.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <returns>The plan; <see langword="null"/> for a run without one.</returns>
    /// <exception cref="JobRequestException">The plan is refused; nothing has run.</exception>
    public Task<PreparedPlan?> PrepareAsync(BoundRequest request, string runId, long? limit, CancellationToken cancellationToken) =>
        request.Request.Plan is { } location
            ? PrepareAsync(request, location, runId, limit, cancellationToken)
            : Task.FromResult<PreparedPlan?>(null);

    private async Task<PreparedPlan?> PrepareAsync(
        BoundRequest request, string location, string runId, long? limit, CancellationToken cancellationToken)
    {
        try
        {
            var store = Array.Find(_stores, store => store.Handles(location)) ?? throw new PermanentJobException(
                $"The location '{location}' of the plan is not supported here. Use s3://BUCKET/plans/NAME.jsonl.gz with the bucket that "
                + "PLAN_BUCKET names; the command line also supports files.");
            store.EnsureAllowed(location);
            return request.Request.DryRun
                ? await BeginAsync(request, store, location, runId, limit, cancellationToken)
                : await OpenAsync(request, store, location, cancellationToken);
        }
        catch (Exception exception) when (exception is not JobRequestException && !cancellationToken.IsCancellationRequested)
        {
            var message = exception is PermanentJobException
                ? exception.Message
                : $"The plan '{location}' cannot be used: {failures.Classify(exception).Message}";
            throw new JobRequestException([message]);
        }
    }

    private async Task<PreparedPlan> BeginAsync(
        BoundRequest request, IPlanStore store, string location, string runId, long? limit, CancellationToken cancellationToken)
    {
        EnsureNotSensitive(request);
        var path = location.EndsWith('/') ? $"{location}{runId}.jsonl.gz" : location;
        store.EnsureAllowed(path);
        var header = new PlanHeader
        {
            Id = runId,
            Job = request.Job.Name,
            Parameters = request.Request.Parameters.ValueKind == JsonValueKind.Undefined ? null : request.Request.Parameters,
            RequestId = request.Request is { Id: null, ScheduledTime: null } ? runId : request.Request.Id,
            ScheduledTime = request.Request.ScheduledTime,
            CreatedAt = timeProvider.GetUtcNow(),
            Origin = await GetOriginAsync(cancellationToken),
            DispatcherVersion = VersionOf(typeof(PlanPreparation).Assembly),
            JobVersion = VersionOf(request.Job.Type.Assembly),
            MaxChanges = limit,
        };
        return new PreparedPlan(
            request.With(Pin(request.Request, header) with { Plan = path }, request.Parameters),
            path,
            store,
            new PlanWriter(header, path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase), TemporaryPlan.Create()));
    }

    private async Task<PreparedPlan> OpenAsync(
        BoundRequest request, IPlanStore store, string location, CancellationToken cancellationToken)
    {
        if (runs is null && options.Value.RequiresRunStore)
        {
            throw new PermanentJobException(
                $"The plan '{location}' is not applied, because no run store can tell whether it was applied before. Set RUNS_TABLE.");
        }

        PlanFile plan;
        await using (var contents = await store.OpenAsync(location, cancellationToken))
        {
            plan = await PlanFile.ReadAsync(location, contents, cancellationToken);
        }

        try
        {
            Check(request, plan, await GetOriginAsync(cancellationToken));
            var problems = new ProblemList();
            var pinned = Pin(request.Request, plan.Header);
            var parameters = request.Job.Parameters.Bind(request.Job.Name, pinned.Parameters, configuration, problems);
            problems.ThrowIfAny();
            return new PreparedPlan(request.With(pinned, parameters), plan);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives a run the slot and the parameters of its plan. The parameters are written anew, because jobs make ids from their text, which
    /// has to be the same in both runs.
    /// </summary>
    private static JobRequest Pin(JobRequest request, PlanHeader header) => request with
    {
        Id = header.RequestId,
        ScheduledTime = header.ScheduledTime,
        Parameters = header.Parameters is { } parameters
            ? JsonElement.Parse(JsonLine.Create(parameters, static (writer, value) => value.WriteTo(writer)).Span)
            : default,
    };

    private static void EnsureNotSensitive(BoundRequest request)
    {
        if (request.Request.Parameters.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var sensitive = request.Job.Parameters.All
            .Where(parameter => parameter.IsSensitive && request.Request.Parameters.TryGetProperty(parameter.Name, out _))
            .Select(parameter =>
                $"Parameter '{parameter.Name}' may hold a secret, and a plan holds the parameters of its run. "
                + (parameter.ConfigurationKey is { } key
                    ? $"Set it by the environment variable {key} instead."
                    : "Remove it, and let the configuration provide it, for example as a part of a named endpoint."))
            .ToList();
        if (sensitive.Count > 0)
        {
            throw new JobRequestException(sensitive);
        }
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version?.ToString() ?? "unknown";

    private async Task<PlanOrigin> GetOriginAsync(CancellationToken cancellationToken) =>
        origins is null ? PlanOrigin.ThisMachine : await origins.GetAsync(cancellationToken);

    private void Check(BoundRequest request, PlanFile plan, PlanOrigin here)
    {
        var header = plan.Header;
        if (header.Job != request.Job.Name)
        {
            throw new PermanentJobException(
                $"The plan '{plan.Location}' is a plan of job '{header.Job}', not of '{request.Job.Name}'. Name the job of the plan.");
        }

        if (!header.Origin.Matches(here))
        {
            throw new PermanentJobException(
                $"The plan '{plan.Location}' is about {header.Origin}, and this run works on {here}. Apply it there, or write a new "
                + "plan here.");
        }

        var age = timeProvider.GetUtcNow() - header.CreatedAt;
        if (age > TimeSpan.FromHours(options.Value.MaxAgeHours))
        {
            throw new PermanentJobException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The plan '{plan.Location}' is {age.TotalHours:0.#} hours old, and at most {options.Value.MaxAgeHours:0.###} are allowed. "
                + $"Write a new plan, or raise Plans:MaxAgeHours."));
        }

        var version = VersionOf(request.Job.Type.Assembly);
        if (header.JobVersion != version)
        {
            Log.PlanOfOtherVersion(logger, plan.Location, header.JobVersion, version);
        }
    }
}
