using Amazon.S3;
using Dispatcher.Testing.Aws.Fakes;

namespace Acme.Faults;

internal static class FaultExamples
{
    public static AmazonS3Client InProcess()
    {
        var aws = new FakeAws();
        aws.S3.CreateBucket("uploads").Put("old.mp4", "content"u8.ToArray(), lastModified: DateTimeOffset.UtcNow.AddDays(-30));
        aws.DynamoDb.CreateTable("sessions", "id").Put(("id", "1"), ("status", "created"));
        aws.Faults.On("s3:DeleteObject").AtCall(3).LoseAnswer();
        aws.Faults.On("dynamodb:*").WithProbability(0.3, seed: 7).For(TimeSpan.FromSeconds(10)).Throttle();
        aws.Faults.On("sqs:SendMessageBatch").FailEntries(id => id == "2");
        return aws.CreateS3();
    }

    public static FakeAwsServer OverHttp(FakeAws aws)
    {
        var server = aws.Listen();
        foreach (var (name, value) in server.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return server;
    }
}
