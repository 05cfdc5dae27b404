using System.Text.Json.Serialization;
using Dispatcher;
using Microsoft.Extensions.DependencyInjection;

namespace Acme_Chores;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RotateLogsParameters))]
internal sealed partial class RotateLogsJsonContext : JsonSerializerContext;

internal static class RotateLogsRegistration
{
    public static IDispatcherBuilder AddRotateLogs(this IDispatcherBuilder jobs) => jobs
        .AddJob<RotateLogsJob, RotateLogsParameters>(
            "rotate-logs", RotateLogsJsonContext.Default.RotateLogsParameters, options =>
            {
                options.Description = "Describe the job in one sentence.";
                options.MaxChanges = 1_000;
                options.Deploy(deploy => deploy.Schedule("rate(1 day)").AlarmAbove("itemErrors", 5, perHours: 24));
            });
}
