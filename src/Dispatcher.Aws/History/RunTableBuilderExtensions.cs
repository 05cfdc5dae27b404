using Amazon.DynamoDBv2;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Aws.History;

/// <summary>Extensions that register the run history in DynamoDB.</summary>
public static class RunTableBuilderExtensions
{
    /// <summary>Adds every run to a table, whatever its outcome. Needs the permission <c>dynamodb:PutItem</c>.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="table">The table.</param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddRunTable(this IDispatcherBuilder builder, RunTableSettings table)
    {
        AddClient(builder, table);
        if (!builder.Services.Any(static service => service.ServiceType == typeof(RunTableSink)))
        {
            builder.Services.AddSingleton(services => new RunTableSink(
                table,
                LazyClient(services),
                services.GetRequiredService<IConfiguration>(),
                services.GetRequiredService<FailureClassifier>(),
                services.GetRequiredService<TimeProvider>()));
            builder.Services.AddSingleton<IRunSink>(static services => services.GetRequiredService<RunTableSink>());
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
        builder.Services.TryAddSingleton<IRunHistory>(services => new RunTableHistory(
            table, LazyClient(services), services.GetRequiredService<JobRegistry>(), services.GetRequiredService<TimeProvider>()));
        return builder;
    }

    private static void AddClient(IDispatcherBuilder builder, RunTableSettings table)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        builder.AddAwsClient<IAmazonDynamoDB>(static () => new AmazonDynamoDBClient());
    }

    private static Lazy<IAmazonDynamoDB> LazyClient(IServiceProvider services) => new(services.GetRequiredService<IAmazonDynamoDB>);
}
