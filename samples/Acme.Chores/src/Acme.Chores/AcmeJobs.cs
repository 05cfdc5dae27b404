using Amazon.S3;
using Dispatcher;
using Dispatcher.Aws;
using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Chores;

/// <summary>The list of jobs, for the function, the tool and the tests.</summary>
public static class AcmeJobs
{
    /// <summary>Adds every job.</summary>
    /// <param name="jobs">The dispatcher.</param>
    public static void Add(IDispatcherBuilder jobs)
    {
        jobs.AddAbortStaleUploads();

        jobs.AddPostgres().AddJob<ExpireInvitationsJob, ExpireInvitationsParameters>(
            "expire-invitations", AcmeJsonContext.Default.ExpireInvitationsParameters, options =>
        {
            options.Description = "Deletes invitations that expired long ago.";
            options.MaxChanges = 1_000_000;
            options.Deploy(deploy => deploy
                .Schedule("rate(1 day)")
                .Parameter("DatabaseSecretName", parameter => parameter.Describe("The secret with the key 'url'."))
                .Require("DatabaseSecretName")
                .SettingText("DATABASE_URL", "{{resolve:secretsmanager:${DatabaseSecretName}:SecretString:url}}")
                .AlarmAbove("changesApplied", 100_000, perHours: 24));
        });

        jobs.AddAwsClient<IAmazonS3>(() => new AmazonS3Client())
            .AddJob<ArchiveExportsJob, ArchiveExportsParameters>(
                "archive-exports", AcmeJsonContext.Default.ArchiveExportsParameters, options =>
            {
                options.Description = "Moves old exports to the archive.";
                options.MaxChanges = 100_000;
                options.Deploy(deploy => deploy
                    .Schedule("cron(30 2 * * ? *)")
                    .Setting("EXPORTS_BUCKET", "ExportsBucketName", required: true)
                    .Allow("arn:${AWS::Partition}:s3:::${ExportsBucketName}", "s3:ListBucket")
                    .Allow("arn:${AWS::Partition}:s3:::${ExportsBucketName}/exports/*", "s3:GetObject", "s3:DeleteObject")
                    .Allow("arn:${AWS::Partition}:s3:::${ExportsBucketName}/archive/*", "s3:GetObject", "s3:PutObject")
                    .AlarmAbove("itemErrors", 5, perHours: 24));
            });
    }
}
