using Dispatcher.Http.Secrets;

namespace Dispatcher.Http.Tests.Secrets;

public sealed class SecretReferenceTests
{
    [TestCase("INTERNAL_KEY", "the environment variable INTERNAL_KEY")]
    [TestCase("ssm:/maintenance/internal-key", "the parameter '/maintenance/internal-key' of Parameter Store")]
    [TestCase("secretsmanager:maintenance/api", "the secret 'maintenance/api' of Secrets Manager")]
    [TestCase("secretsmanager:maintenance/api#key", "the field 'key' of the secret 'maintenance/api' of Secrets Manager")]
    [TestCase(
        "secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:api-AbCdEf",
        "the secret 'arn:aws:secretsmanager:us-east-1:123456789012:secret:api-AbCdEf' of Secrets Manager")]
    public void Parse_Name_KnowsTheStore(string text, string expected) =>
        Assert.That(SecretReference.Parse(text)?.ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("internal_key")]
    [TestCase("hunter2-THE-KEY")]
    [TestCase("ssm:")]
    [TestCase("secretsmanager:a#")]
    [TestCase("ssm:a b")]
    public void Parse_NoName_AnswersNothing(string text) => Assert.That(SecretReference.Parse(text), Is.Null);
}
