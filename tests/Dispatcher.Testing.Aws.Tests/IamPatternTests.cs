namespace Dispatcher.Testing.Aws.Tests;

public sealed class IamPatternTests
{
    [TestCase("*", "arn:aws:s3:::logs")]
    [TestCase("*", null)]
    [TestCase("arn:aws:s3:::logs", null)]
    [TestCase("arn:${AWS::Partition}:s3:::logs/*", "arn:${AWS::Partition}:s3:::logs/a/b")]
    [TestCase("arn:${AWS::Partition}:s3:::logs/*", "arn:aws-cn:s3:::logs/a")]
    [TestCase("arn:aws:s3:::lo?s", "arn:${AWS::Partition}:s3:::logs")]
    [TestCase("arn:aws:dynamodb:eu-west-1:123456789012:table/x", "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/x")]
    [TestCase("arn:aws:ecs:*:*:task-definition/report:*", "arn:aws:ecs:eu-west-1:123456789012:task-definition/report:7")]
    [TestCase("arn:aws:secretsmanager:*:*:secret:key-??????", "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:1:secret:key-??????")]
    [TestCase(@"arn:aws:s3:::logs/a\b", @"arn:aws:s3:::logs/a\b")]
    public void CoversResource_InThePattern_IsCovered(string pattern, string? resource) =>
        Assert.That(IamPattern.CoversResource(pattern, resource), Is.True);

    [TestCase("arn:aws:s3:::logs", "arn:aws:s3:::logs/a")]
    [TestCase("arn:aws:s3:::logs/*", "arn:aws:s3:::logs")]
    [TestCase("arn:aws:s3:::logs/*", "arn:aws:s3:::other/a")]
    [TestCase("arn:aws:s3:::LOGS", "arn:aws:s3:::logs")]
    [TestCase("arn:aws:sqs:eu-west-1:1:queue", "arn:aws:sqs:us-east-1:1:queue")]
    [TestCase("arn:aws:ecs:*:*:task/here/*", "*")]
    public void CoversResource_OutsideThePattern_IsNot(string pattern, string? resource) =>
        Assert.That(IamPattern.CoversResource(pattern, resource), Is.False);

    [TestCase("s3:Get*", "s3:GetObject", true)]
    [TestCase("S3:getobject", "s3:GetObject", true)]
    [TestCase("s3:*", "sqs:SendMessage", false)]
    [TestCase("s3:GetObject", "s3:GetObjectVersion", false)]
    public void CoversAction_Pattern_IsThatOfPolicies(string pattern, string action, bool covers) =>
        Assert.That(IamPattern.CoversAction(pattern, action), Is.EqualTo(covers));
}
