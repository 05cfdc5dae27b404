using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Deployment.Tests.Templates;

public sealed class TemplateDefaultsTests
{
    [TestCase("\"Bucket\"=\"a;b\";\"Table\"=\"t\"", "a;b", "t")]
    [TestCase("Bucket=a;Table=t=1", "a", "t=1")]
    public void Beside_TemplateParameters_AreRead(string text, string bucket, string table)
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "aws-lambda-tools-defaults.json",
            $$"""{"region":"eu-west-1","stack-name":"m","template-parameters":{{System.Text.Json.Nodes.JsonValue.Create(text).ToJsonString()}}}""");

        var defaults = TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template"));

        Assert.That(defaults.Parameters, Is.EquivalentTo(new Dictionary<string, string> { ["Bucket"] = bucket, ["Table"] = table }));
        Assert.That((defaults.Region, defaults.StackName), Is.EqualTo(("eu-west-1", "m")));
    }

    [Test]
    public void Beside_FileWithByteOrderMark_IsRead()
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", "\uFEFF{\"region\":\"eu-west-1\"}");

        Assert.That(TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template")).Region, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public void Beside_FileIsOfAnotherTemplate_IsNotUsed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", """{"template":"other.template","template-parameters":"A=1"}""");

        Assert.That(TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template")).Parameters, Is.Empty);
    }
}
