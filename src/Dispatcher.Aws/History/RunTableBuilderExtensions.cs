using Amazon.DynamoDBv2;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws.History;

/// <summary>Extensions that register the run store in DynamoDB.</summary>
public static class RunTableBuilderExtensions
{
    /// <summary>
    /// Keeps every run in a table, whatever its outcome, and takes leases there. Needs the permissions <c>dynamodb:PutItem</c>,
    /// <c>dynamodb:UpdateItem</c> and <c>dynamodb:GetItem</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="table">The table.</param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddRunTable(this IDispatcherBuilder builder, RunTableSettings table)
    {
        AddClient(builder, table);
        if (!builder.Services.Any(static service => service.ServiceType == typeof(RunTable)))
        {
            builder.Services.AddSingleton(services => Create(services, table));
            builder.Services.AddSingleton<IRunSink>(static services => services.GetRequiredService<RunTable>());
            builder.Services.TryAddSingleton<IRunStore>(static services => services.GetRequiredService<RunTable>());
        }

        return builder;
    }

    /// <summary>
    /// Reads runs from a table, including those of jobs that are not registered. Needs the permissions <c>dynamodb:Query</c>,
    /// <c>dynamodb:BatchGetItem</c> and <c>dynamodb:Scan</c>; without the last one only runs of registered jobs are found.
    /// </summary>
    /// <param name="builder">The dispatcher, with its jobs.</param>
    /// <param name="table">The table.</param>
    /// <returns>The dispatcher. A history that is already registered is kept.</returns>
    public static IDispatcherBuilder AddRunTableHistory(this IDispatcherBuilder builder, RunTableSettings table)
    {
        AddClient(builder, table);
        builder.Services.TryAddSingleton<IRunHistory>(services =>
            services.GetService<RunTable>() is { } store && store.Table == table ? store : Create(services, table));
        return builder;
    }

    private static void AddClient(IDispatcherBuilder builder, RunTableSettings table)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        builder.AddAwsClient<IAmazonDynamoDB>(static () => new AmazonDynamoDBClient());
    }

    private static RunTable Create(IServiceProvider services, RunTableSettings table) => new(
        table,
        new Lazy<IAmazonDynamoDB>(services.GetRequiredService<IAmazonDynamoDB>),
        services.GetService<IConfiguration>(),
        services.GetRequiredService<FailureClassifier>(),
        services.GetRequiredService<JobRegistry>(),
        services.GetRequiredService<TimeProvider>());
}
