using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Deployment.Tests.Templates;

public sealed class TemplateDefaultsTests
{
    [TestCase("""
        "\"Bucket\"=\"a;b\";\"Table\"=\"t\""
        """, "a;b", "t")]
    [TestCase("\"Bucket=a;Table=t=1\"", "a", "t=1")]
    [TestCase("""{"Bucket":"a;b","Table":1}""", "a;b", "1")]
    [TestCase("""["Bucket=a;b","Table=t=1"]""", "a;b", "t=1")]
    public void Beside_TemplateParameters_AreRead(string json, string bucket, string table)
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "aws-lambda-tools-defaults.json",
            $$"""{"region":"eu-west-1","stack-name":"m","template-parameters":{{json}}}""");

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

    [TestCase("[]", "is an array. Write an object with settings, such as {\"region\":\"eu-central-1\"}.")]
    [TestCase("\"eu-central-1\"", "is a string. Write an object")]
    [TestCase("{\"region\":[\"eu-central-1\"]}", "\"region\" must be text, but is an array. Write text such as \"eu-central-1\".")]
    [TestCase("{\"stack-name\":{}}", "\"stack-name\" must be text, but is an object.")]
    [TestCase("{\"template\":[]}", "\"template\" must be text, but is an array.")]
    [TestCase("{\"profile\":true}", "\"profile\" must be text, but is true or false.")]
    [TestCase(
        "{\"template-parameters\":true}",
        "\"template-parameters\" must be text, a list or an object, but is true or false. Write text such as \"Name=value;Other=value\".")]
    [TestCase("{\"tags\":1}", "\"tags\" must be text, a list or an object, but is a number.")]
    [TestCase("{\"template-parameters\":\"A=1;B\"}", "\"template-parameters\" has 'B', which is not NAME=VALUE.")]
    [TestCase("{\"region\":{},\"profile\":[]}", "\"profile\" must be text")]
    public void Beside_ValueOfAWrongType_IsRefused(string content, string problem)
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", content);

        Assert.That(
            () => TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template")),
            Throws.TypeOf<InvalidSourceException>().With.Message.Contains("aws-lambda-tools-defaults.json'").And.Message.Contains(problem));
    }

    [TestCase("{\"Information\":[\"x\"],\"function-memory-size\":512,\"region\":null,\"template-parameters\":\"\",\"own\":{}}")]
    [TestCase("{\"template-parameters\":\"A=1;\"}")]
    [TestCase("{\"environment-variables\":{\"A\":\"1\"},\"tags\":[\"team=x\"],\"stack-name\":1}")]
    [TestCase("{\"template\":\"other.template\",\"region\":{}}")]
    public void Beside_OtherSettings_MayHaveAnyType(string content)
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", content);

        Assert.That(() => TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template")), Throws.Nothing);
    }

    [Test]
    public void Beside_FileIsOfAnotherTemplate_IsNotUsed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", """{"template":"other.template","template-parameters":"A=1"}""");

        Assert.That(TemplateDefaults.Beside(Path.Combine(folder.Path, "serverless.template")).Parameters, Is.Empty);
    }
}
