using Dispatcher.Aws.Audit;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Tests.Audit;

public sealed class AuditBucketSettingsTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void Read_NoName_IsNone(string? name)
    {
        Assert.That(AuditBucketSettings.Read(Configuration(name)), Is.Null);
    }

    [TestCase("company-audit")]
    [TestCase("arn:aws:s3:eu-central-1:123456789012:accesspoint/audit")]
    public void Read_NameOrArn_IsTheBucket(string name)
    {
        Assert.That(AuditBucketSettings.Read(Configuration($" {name} ")), Is.EqualTo(new AuditBucketSettings(name)));
    }

    [TestCase("s3://company-audit")]
    [TestCase("company-audit/runs")]
    [TestCase("Company")]
    [TestCase("ab")]
    public void Read_NoBucket_SaysWhatToSet(string name)
    {
        Assert.That(
            () => AuditBucketSettings.Read(Configuration(name)),
            Throws.InvalidOperationException.With.Message.StartsWith(
                $"The environment variable AUDIT_BUCKET is '{name}'").And.Message.Contains("bare name"));
    }

    private static IConfiguration Configuration(string? name) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AUDIT_BUCKET"] = name }).Build();
}
