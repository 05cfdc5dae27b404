using Amazon.S3;
using Amazon.SecurityToken;
using Dispatcher.Plans;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws.Plans;

/// <summary>Extensions that register S3 as a store of plans.</summary>
public static class S3PlanBuilderExtensions
{
    /// <summary>
    /// Keeps plans in a bucket, under <c>plans/</c>, and refuses those of every other bucket. Needs the permissions <c>s3:PutObject</c> to
    /// write plans and <c>s3:GetObject</c> to apply them, on <c>plans/*</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="bucket">The bucket; <see langword="null"/> to refuse all plans in S3, with a message about what to configure.</param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddS3Plans(this IDispatcherBuilder builder, PlanBucketSettings? bucket)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddAwsClient<IAmazonS3>(static () => new AmazonS3Client());
        if (!builder.Services.Any(static service => service.ServiceType == typeof(S3PlanStore)))
        {
            builder.Services.AddSingleton(
                services => new S3PlanStore(bucket, new Lazy<IAmazonS3>(services.GetRequiredService<IAmazonS3>)));
            builder.Services.AddSingleton<IPlanStore>(static services => services.GetRequiredService<S3PlanStore>());
        }

        builder.Services.TryAddSingleton<IPlanOriginProvider>(static services => new AwsPlanOriginProvider(
            services.GetRequiredService<IConfiguration>(),
            static () => new AmazonSecurityTokenServiceClient(),
            services.GetRequiredService<ILogger<AwsPlanOriginProvider>>()));
        return builder;
    }
}
