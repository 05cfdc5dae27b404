using System.Text;
using Dispatcher.Deployment.Generation;
using Dispatcher.Deployment.Templates;
using YamlDotNet.Core;

namespace Dispatcher.Deployment.Tests.Templates;

public sealed class TemplateYamlTests
{
    [TestCase("!Ref Bucket", """{"Ref":"Bucket"}""")]
    [TestCase("!Condition HaveBucket", """{"Condition":"HaveBucket"}""")]
    [TestCase("!GetAtt Queue.Arn", """{"Fn::GetAtt":["Queue","Arn"]}""")]
    [TestCase("!GetAtt Nested.Outputs.Name", """{"Fn::GetAtt":["Nested","Outputs.Name"]}""")]
    [TestCase("!GetAtt [Queue, Arn]", """{"Fn::GetAtt":["Queue","Arn"]}""")]
    [TestCase("!Sub '${Name}-x'", """{"Fn::Sub":"${Name}-x"}""")]
    [TestCase("!Sub ['${A}', { A: !Ref B }]", """{"Fn::Sub":["${A}",{"A":{"Ref":"B"}}]}""")]
    [TestCase("!If [HaveB, !Ref B, !Ref 'AWS::NoValue']", """{"Fn::If":["HaveB",{"Ref":"B"},{"Ref":"AWS::NoValue"}]}""")]
    [TestCase("!Join [',', [a, b]]", """{"Fn::Join":[",",["a","b"]]}""")]
    [TestCase("!Equals [!Ref A, 'true']", """{"Fn::Equals":[{"Ref":"A"},"true"]}""")]
    public void Parse_ShortForm_BecomesTheLongOne(string yaml, string json) => Assert.That(Parse(yaml), Is.EqualTo(json));

    [TestCase("7", "7")]
    [TestCase("-7", "-7")]
    [TestCase("7.5", "7.5")]
    [TestCase("true", "true")]
    [TestCase("'true'", "\"true\"")]
    [TestCase("'7'", "\"7\"")]
    [TestCase("012345678901", "\"012345678901\"")]
    [TestCase("2012-10-17", "\"2012-10-17\"")]
    [TestCase("rate(1 day)", "\"rate(1 day)\"")]
    [TestCase("[a, 1]", """["a",1]""")]
    public void Parse_Scalar_KeepsItsType(string yaml, string json) => Assert.That(Parse(yaml), Is.EqualTo(json));

    [Test]
    public void Parse_Empty_IsNothing() => Assert.That(TemplateYaml.Parse([]), Is.Null);

    [Test]
    public void Parse_NotYaml_Throws() => Assert.That(() => Parse("a: [b"), Throws.InstanceOf<YamlException>());

    private static string Parse(string yaml) => TemplateYaml.Parse(Encoding.UTF8.GetBytes(yaml))!.ToJsonString(JsonNodeText.Readable);
}
