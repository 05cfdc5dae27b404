using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Dispatcher.Aws.Tests;

[NonParallelizable]
public sealed class AwsSettingsTests
{
    private static readonly string[] Names =
    [
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ];

    private readonly Dictionary<string, string?> _before = [];

    [SetUp]
    public void ClearVariables()
    {
        foreach (var name in Names)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [TearDown]
    public void RestoreVariables()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [TestCase("AWS_REGION", "not a region", "which is not the name of an AWS region. Set it to a name such as eu-central-1.")]
    [TestCase("AWS_DEFAULT_REGION", "m\u00fcll", "which is not the name of an AWS region. Set it to a name such as eu-central-1.")]
    [TestCase("AWS_ENDPOINT_URL", "nonsense text", "which is not the URL of a server. Set it to a URL such as http://127.0.0.1:5000")]
    [TestCase("AWS_ENDPOINT_URL", "localhost:5000", "which is not the URL of a server. Set it to a URL such as http://127.0.0.1:5000")]
    [TestCase("AWS_ENDPOINT_URL_DYNAMODB", "ftp://x", "which is not the URL of a server. Set it to a URL such as http://127.0.0.1:5000")]
    public void Check_InvalidVariable_NamesItWithItsValueAndARemedy(string name, string value, string problem)
    {
        Environment.SetEnvironmentVariable(name, value);

        Assert.That(
            () => AwsSettings.Check(typeof(IAmazonDynamoDB)),
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith($"The environment variable {name} is '{value}', {problem}"));
    }

    [TestCase("AWS_REGION", "eu-central-1")]
    [TestCase("AWS_REGION", "local")]
    [TestCase("AWS_REGION", "")]
    [TestCase("AWS_ENDPOINT_URL", "http://localhost:5000")]
    [TestCase("AWS_ENDPOINT_URL", "https://vpce-1.example.com/")]
    public void Check_ValidVariable_IsAccepted(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);

        Assert.That(static () => AwsSettings.Check(typeof(IAmazonDynamoDB)), Throws.Nothing);
    }

    [Test]
    public void Check_VariableThatIsNotRead_IsAccepted()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "nonsense");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000");
        Assert.That(static () => AwsSettings.Check(typeof(IAmazonDynamoDB)), Throws.Nothing, "the variable of the service has precedence");
        Assert.That(static () => AwsSettings.Check(typeof(IAmazonS3)), Throws.TypeOf<PermanentJobException>());

        Environment.SetEnvironmentVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        Assert.That(static () => AwsSettings.Check(typeof(IAmazonS3)), Throws.Nothing);
    }

    [Test]
    public void Check_SettingsOfTheClientReplaceTheVariables_IsAccepted()
    {
        Environment.SetEnvironmentVariable("AWS_REGION", "not a region");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "nonsense");
        var config = new AmazonS3Config { ServiceURL = "http://127.0.0.1:5000", AuthenticationRegion = "eu-central-1" };
        Assert.That(() => AwsSettings.Check(typeof(IAmazonS3), config), Throws.TypeOf<PermanentJobException>(), "the region is read");

        Environment.SetEnvironmentVariable("AWS_REGION", "eu-central-1");
        Assert.That(() => AwsSettings.Check(typeof(IAmazonS3), config), Throws.Nothing);

        Environment.SetEnvironmentVariable("AWS_REGION", "not a region");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", null);
        Assert.That(
            static () => AwsSettings.Check(typeof(IAmazonS3), new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 }),
            Throws.Nothing);
    }

    [TestCase("The specified 'not a region' region is not a valid hostname component.")]
    [TestCase("Value for ServiceURL is not a valid URL: nonsense text")]
    public void Classify_InvalidProfile_IsAnExpectedFailure(string message)
    {
        var failure = new AwsFailureRule().Classify(new AmazonClientException(message));

        Assert.That((failure!.Kind, failure.HasUserMessage), Is.EqualTo((FailureKind.Denied, true)));
        Assert.That(failure.Message, Does.Contain(message.TrimEnd('.')).And.Contain("Set AWS_REGION"));
    }
}
