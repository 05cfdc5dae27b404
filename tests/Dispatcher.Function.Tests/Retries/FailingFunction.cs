using System.Text;
using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Function.Tests.Retries;

/// <summary>The function with all its jobs, whose clients have the settings of production and call servers on loopback.</summary>
internal sealed class FailingFunction : IAsyncDisposable
{
    private const int Factor = 20;

    private readonly MemoryStream _output = new();
    private readonly ServiceProvider _services;

    /// <summary>Builds the function.</summary>
    /// <param name="server">The address of all services.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="configure">Replaces clients.</param>
    public FailingFunction(string server, IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? configure = null)
    {
        _services = FunctionServices.Build(
            static builder => builder.AddMaintenanceJobs().AddJob<UnfinishedJob>("unfinished"),
            services =>
            {
                services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
                services.AddSingleton(new LambdaOutput(_output));
                services.AddSingleton<TimeProvider>(new FastTimeProvider(Factor));
                var credentials = new BasicAWSCredentials("a", "b");
                services.AddSingleton<IAmazonSQS>(_ => Impatient.Client(
                    new AmazonSQSClient(credentials, new AmazonSQSConfig { ServiceURL = server, AuthenticationRegion = "eu-central-1" })));
                services.AddSingleton<IAmazonDynamoDB>(_ => Impatient.Client(new AmazonDynamoDBClient(
                    credentials, new AmazonDynamoDBConfig { ServiceURL = server, AuthenticationRegion = "eu-central-1" })));
                services.AddSingleton<IAmazonECS>(_ => Impatient.Client(
                    new AmazonECSClient(credentials, new AmazonECSConfig { ServiceURL = server, AuthenticationRegion = "eu-central-1" })));
                services.AddSingleton<IAmazonSimpleSystemsManagement>(_ => Impatient.Client(new AmazonSimpleSystemsManagementClient(
                    credentials,
                    new AmazonSimpleSystemsManagementConfig { ServiceURL = server, AuthenticationRegion = "eu-central-1" })));
                services.AddSingleton<IAmazonS3>(_ => Impatient.Client(new AmazonS3Client(
                    credentials,
                    new AmazonS3Config { ServiceURL = server, AuthenticationRegion = "eu-central-1", ForcePathStyle = true })));
                configure?.Invoke(services);
            });
    }

    /// <summary>Invokes the function once.</summary>
    /// <returns>The answer, or the message of the exception.</returns>
    public async Task<string> InvokeAsync(string payload)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        try
        {
            var context = Mock.Of<ILambdaContext>(
                static context => context.AwsRequestId == "request-1" && context.RemainingTime == TimeSpan.FromMinutes(15));
            return (await _services.GetRequiredService<LambdaEntryPoint>().HandleAsync(stream, context)).GetRawText();
        }
        catch (JobFailedException exception)
        {
            return exception.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _output.DisposeAsync();
    }
}
