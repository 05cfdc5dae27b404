using Amazon.ECS;
using Amazon.SQS;
using Dispatcher.IntegrationTests.Servers;
using Dispatcher.Jobs.Celery.CeleryEnqueue;
using Dispatcher.Jobs.Ecs.EcsRunTask;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Messages.Servers;

/// <summary>Makes clients of a moto server, and a dispatcher with the jobs over them.</summary>
internal static class MessageServers
{
    public static AmazonSQSClient CreateSqs(this MotoServer moto) =>
        new(MotoServer.Credentials, new AmazonSQSConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });

    public static AmazonECSClient CreateEcs(this MotoServer moto) =>
        new(MotoServer.Credentials, new AmazonECSConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });

    public static JobHarness CreateHarness(this MotoServer moto, TimeProvider? timeProvider = null, params (string Key, string? Value)[] settings) =>
        new(
            builder => builder.AddJobs(moto),
            settings.ToDictionary(setting => setting.Key, setting => setting.Value),
            timeProvider);

    private static void AddJobs(this IDispatcherBuilder builder, MotoServer moto)
    {
        builder.Services.AddSingleton<IAmazonSQS>(_ => Dispatcher.Aws.AwsClientGuard.Protect(moto.CreateSqs()));
        builder.Services.AddSingleton<IAmazonECS>(_ => Dispatcher.Aws.AwsClientGuard.Protect(moto.CreateEcs()));
        builder.AddCeleryEnqueue().AddEcsRunTask();
    }
}
