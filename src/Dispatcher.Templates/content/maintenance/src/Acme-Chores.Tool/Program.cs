using Acme_Chores;
using Amazon.S3;
using Dispatcher.Tool;

return await DispatchTool.RunAsync(args, Acme__Jobs.Add, options =>
{
    // What the jobs find on the servers of 'local up'.
    options.Local.Variables["UPLOADS_BUCKET"] = "uploads";
    options.Local.Prepare = async (servers, cancellationToken) =>
    {
        using var s3 = new AmazonS3Client("any", "any", new AmazonS3Config { ServiceURL = servers.Aws.ToString(), ForcePathStyle = true });
        await s3.PutBucketAsync("uploads", cancellationToken);
    };
});
