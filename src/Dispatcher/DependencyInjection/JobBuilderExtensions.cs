using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dispatcher;
using Dispatcher.Hosting;
using Dispatcher.Limiting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extensions that register jobs.</summary>
public static class JobBuilderExtensions
{
    private const string NoContract =
        "The JSON contract of the parameters is found by reflection. "
            + "Pass a source-generated JsonTypeInfo in a trimmed or ahead-of-time build.";

    /// <summary>Adds a job without parameters. A payload that gives it any is refused.</summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use, kebab-case. One class may be registered under several names.</param>
    /// <param name="configure">Sets the options of the job.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="ArgumentException">The name is not kebab-case or is taken, or a limit is out of range.</exception>
    public static IDispatcherBuilder AddJob<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob>(
        this IDispatcherBuilder builder, string name, Action<JobOptions>? configure = null)
        where TJob : class, IMaintenanceJob =>
        Add<TJob>(builder, name, JobParameters.None, configure);

    /// <summary>Adds a job with typed parameters.</summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <typeparam name="TParameters">The record of its parameters.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use, kebab-case. One class may be registered under several names.</param>
    /// <param name="parameters">
    /// The JSON contract of the parameters, from a source-generated <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.
    /// </param>
    /// <param name="configure">Sets the options of the job.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="ArgumentException">The name is not kebab-case or is taken, or a limit is out of range.</exception>
    public static IDispatcherBuilder AddJob<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob, TParameters>(
        this IDispatcherBuilder builder, string name, JsonTypeInfo<TParameters> parameters, Action<JobOptions>? configure = null)
        where TJob : MaintenanceJob<TParameters>
        where TParameters : class
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return builder.AddJob<TJob, TParameters>(name, () => parameters, configure);
    }

    /// <summary>
    /// Adds a job with typed parameters whose JSON contract is created on first use, so that the cold start of a function with many jobs
    /// creates only the contract of the job that runs.
    /// </summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <typeparam name="TParameters">The record of its parameters.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use, kebab-case. One class may be registered under several names.</param>
    /// <param name="parameters">
    /// Gets the JSON contract of the parameters, from a source-generated
    /// <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.
    /// </param>
    /// <param name="configure">Sets the options of the job.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="ArgumentException">The name is not kebab-case or is taken, or a limit is out of range.</exception>
    public static IDispatcherBuilder AddJob<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob, TParameters>(
        this IDispatcherBuilder builder, string name, Func<JsonTypeInfo<TParameters>> parameters, Action<JobOptions>? configure = null)
        where TJob : MaintenanceJob<TParameters>
        where TParameters : class
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Add<TJob>(builder, name, new JobParameters<TParameters>(parameters), configure);
    }

    /// <summary>
    /// Adds a job with typed parameters whose JSON contract is found by reflection. For applications that are neither trimmed nor compiled
    /// ahead of time; those pass a source-generated contract.
    /// </summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <typeparam name="TParameters">The record of its parameters. Its names are camelCase on the wire, as are its enum values.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use, kebab-case. One class may be registered under several names.</param>
    /// <param name="configure">Sets the options of the job.</param>
    /// <returns>The dispatcher.</returns>
    /// <exception cref="ArgumentException">The name is not kebab-case or is taken, or a limit is out of range.</exception>
    [RequiresUnreferencedCode(NoContract)]
    [RequiresDynamicCode(NoContract)]
    public static IDispatcherBuilder AddJob<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob, TParameters>(
        this IDispatcherBuilder builder, string name, Action<JobOptions>? configure = null)
        where TJob : MaintenanceJob<TParameters>
        where TParameters : class =>
        Add<TJob>(builder, name, new JobParameters<TParameters>(
            (JsonTypeInfo<TParameters>)CreateOptions().GetTypeInfo(typeof(TParameters))), configure);

    /// <summary>Adds the way to take back what a job has changed, for the command <c>restore</c>.</summary>
    /// <typeparam name="TUndo">The way to take it back.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="job">The name of the job.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddUndo<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TUndo>(
        this IDispatcherBuilder builder, string job)
        where TUndo : class, IChangeUndo
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(job);
        builder.Services.AddKeyedScoped<IChangeUndo, TUndo>(job);
        return builder;
    }

    [RequiresUnreferencedCode(NoContract)]
    [RequiresDynamicCode(NoContract)]
    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }

    private static IDispatcherBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJob>(
        IDispatcherBuilder builder, string name, JobParameters parameters, Action<JobOptions>? configure)
        where TJob : class, IMaintenanceJob
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        if (!IsKebabCase(name))
        {
            throw new ArgumentException($"'{name}' is not a job name. Use lower-case words joined by '-', "
                + "such as 'rotate-logs'.", nameof(name));
        }

        if (builder.Services.Any(service => service.ImplementationInstance is JobDescriptor other && other.Name == name))
        {
            throw new ArgumentException($"A job named '{name}' is registered already. "
                + "Give each registration a different name.", nameof(name));
        }

        var options = new JobOptions { Job = name };
        configure?.Invoke(options);
        if (LimitKind.DescribeInvalid(options.Limits) is { Count: > 0 } problems)
        {
            throw new ArgumentException($"Job '{name}': {string.Join(" ", problems)}", nameof(configure));
        }

        if (options.MaxShards is < 1 or > JobShard.MaxCount)
        {
            throw new ArgumentException(
                $"Job '{name}' can be divided into at most {options.MaxShards} shards. Set MaxShards to 1, for none, "
                    + $"or to 2 to {JobShard.MaxCount}.", nameof(configure));
        }

        if (options is { MaxShards: > 1, Idempotent: false })
        {
            throw new ArgumentException(
                $"Job '{name}' has shards but is not idempotent. A shard that died is delivered again, and only its slot tells which "
                    + "shards are done: set Idempotent to true, or leave MaxShards out.", nameof(configure));
        }

        builder.Services.AddSingleton(new JobDescriptor(name, typeof(TJob), parameters, options));
        // Resolved once in each scope, which disposes it.
        builder.Services.AddKeyedTransient<IMaintenanceJob, TJob>(name);
        return builder;
    }

    private static bool IsKebabCase(string name) =>
        name is [>= 'a' and <= 'z', ..] && name.Split('-').All(static word =>
            word.Length > 0 && word.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));
}
