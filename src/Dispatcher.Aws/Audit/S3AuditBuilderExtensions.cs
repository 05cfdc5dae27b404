using Amazon.S3;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws.Audit;

/// <summary>Extensions that register S3 as an audit sink.</summary>
public static class S3AuditBuilderExtensions
{
    /// <summary>
    /// Keeps the audit trail of each run that changed something as the object <c>audit/JOB/yyyy/MM/dd/RUN_ID.jsonl</c>. Needs the
    /// permission <c>s3:PutObject</c> on <c>audit/*</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The dispatcher. Calling this again changes nothing.</returns>
    public static IDispatcherBuilder AddS3AuditTrail(this IDispatcherBuilder builder, AuditBucketSettings bucket)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bucket);

        builder.AddAwsClient<IAmazonS3>(static () => new AmazonS3Client());
        if (!builder.Services.Any(static service => service.ServiceType == typeof(S3AuditSink)))
        {
            builder.Services.AddSingleton(services => new S3AuditSink(
                bucket,
                new Lazy<IAmazonS3>(services.GetRequiredService<IAmazonS3>),
                services.GetRequiredService<FailureClassifier>(),
                services.GetRequiredService<ILogger<S3AuditSink>>()));
            builder.Services.AddSingleton<IAuditSink>(static services => services.GetRequiredService<S3AuditSink>());
        }

        return builder;
    }

    /// <summary>
    /// Registers the audit trails in S3 as an <see cref="IAuditTrail"/> to read. Needs the permissions <c>s3:ListBucket</c> and, on
    /// <c>audit/*</c>, <c>s3:GetObject</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddS3AuditReading(this IDispatcherBuilder builder, AuditBucketSettings bucket)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(bucket);

        builder.AddAwsClient<IAmazonS3>(static () => new AmazonS3Client());
        builder.Services.AddSingleton<IAuditTrail>(services => new S3AuditTrail(
            bucket, new Lazy<IAmazonS3>(services.GetRequiredService<IAmazonS3>)));
        return builder;
    }
}
