using Amazon.S3;
using Dispatcher.LocalServers.Moto;

namespace Acme.LocalServers;

internal static class AcmeBuckets
{
    public static async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var moto = await MotoInstallation.OnPath.StartTemporaryAsync(cancellationToken);
        using var s3 = new AmazonS3Client(
            MotoServer.Credentials,
            new AmazonS3Config { ServiceURL = moto.Server.Endpoint.ToString(), ForcePathStyle = true });
        await s3.PutBucketAsync("uploads", cancellationToken);
    }
}
