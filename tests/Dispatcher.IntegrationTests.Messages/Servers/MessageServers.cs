using Amazon.ECS;
using Amazon.SQS;
using Dispatcher.Jobs.Celery;
using Dispatcher.Jobs.Ecs;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Messages.Servers;

/// <summary>A dispatcher with the jobs that send messages, over the clients of a moto server.</summary>
internal static class MessageServers
{
    public static JobHarness CreateHarness(
        this MotoServer moto, TimeProvider? timeProvider = null, params (string Key, string? Value)[] settings) =>
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
