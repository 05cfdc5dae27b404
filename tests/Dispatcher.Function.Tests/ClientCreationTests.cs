using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Lambda;
using Dispatcher.Lambda.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Function.Tests;

/// <summary>Checks that no invocation creates a client that it does not need.</summary>
public sealed class ClientCreationTests
{
    [Test]
    public async Task InvokeAsync_List_ConstructsNoAwsClient()
    {
        var made = new List<Type>();
        await using var services = FunctionServices.Build(
            jobs => RecordClients(jobs.AddMaintenanceJobs().Services, made),
            configured => configured
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddSingleton(_ => Mock.Of<IAmazonS3>()));

        await services.InvokeAsync("""{"job":"$list"}""");
        IReadOnlyList<Type> madeByList = [.. made];
        services.GetRequiredService<IAmazonS3>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(madeByList, Is.Empty);
            Assert.That(made, Is.EqualTo(new[] { typeof(IAmazonS3) }), "the test sees a client that is made");
        }
    }

    /// <summary>Records the creation of every registered AWS client.</summary>
    private static void RecordClients(IServiceCollection services, List<Type> made)
    {
        for (var index = 0; index < services.Count; index++)
        {
            if (services[index] is { IsKeyedService: false, ImplementationFactory: { } create } client
                && client.ServiceType.IsAssignableTo(typeof(IAmazonService)))
            {
                services[index] = new ServiceDescriptor(
                    client.ServiceType,
                    provider =>
                    {
                        made.Add(client.ServiceType);
                        return create(provider);
                    },
                    client.Lifetime);
            }
        }
    }
}
