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
    [TestCase("Yes", "true")]
    [TestCase("off", "false")]
    [TestCase("'no'", "\"no\"")]
    [TestCase("!!str 7", "\"7\"")]
    [TestCase("! 7", "\"7\"")]
    [TestCase("~", "null")]
    [TestCase("[a, 1]", """["a",1]""")]
    public void Parse_Scalar_KeepsItsType(string yaml, string json) => Assert.That(Parse(yaml), Is.EqualTo(json));

    [Test]
    public void Parse_Empty_IsNothing() => Assert.That(TemplateYaml.Parse([]), Is.Null);

    [TestCase("A: &one { x: 1 }\nB: *one", """{"A":{"x":1},"B":{"x":1}}""")]
    [TestCase("A: &one { x: 1, y: 1 }\nB: { <<: *one, y: 2 }", """{"A":{"x":1,"y":1},"B":{"y":2,"x":1}}""")]
    [TestCase("A: !Sub &text '${X}'\nB: *text", """{"A":{"Fn::Sub":"${X}"},"B":{"Fn::Sub":"${X}"}}""")]
    public void Parse_Alias_StandsForItsAnchor(string yaml, string json) => Assert.That(Parse(yaml), Is.EqualTo(json));

    [TestCase("a: 1\n---\nb: 1", "more than one document")]
    [TestCase("a: 1\na: 2", "The key 'a' occurs twice.")]
    [TestCase("a: *b", "The anchor 'b' is not defined before.")]
    [TestCase("a: &b [*b]", "The anchor 'b' is not defined before.")]
    [TestCase("[a]: 1", "A key is not text.")]
    [TestCase("foo: [1, 2\nbar", "in the middle of a value")]
    public void Parse_WhatCloudFormationRefuses_SaysWhy(string yaml, string expected) =>
        Assert.That(() => Parse(yaml), Throws.InstanceOf<YamlException>().With.Message.Contains(expected));

    [TestCase("Resources:\n  A:\n    Type: T\n\tProperties:\n    Foo: 1\n", 4)]
    [TestCase("Resources:\n  A:\n    Type: T\n    Properties:\n\t  Name: x\n", 5)]
    [TestCase("Resources:\n\tA:\n\t\tType: T\n", 2)]
    [TestCase("# about\n\nResources:\n  A:\n    P: {\n\tX: 1 }\n", 6)]
    [TestCase("Resources:\n  A: |\n    text\n    \tmore\n  B:\n\tType: T\n", 6)]
    public void Parse_TabAsIndentation_NamesItsLine(string yaml, int line) => Assert.That(
        () => Parse(yaml),
        Throws.InstanceOf<YamlException>().With.Property(nameof(YamlException.Start)).Property("Line").EqualTo(line)
            .And.Message.Contains("indented with a tab"));

    [Test]
    public void Parse_BrokenFlow_NamesTheLineWhereItEnds() => Assert.That(
        () => Parse("a: 1\nb: 2\nfoo: [1, 2\nbar"),
        Throws.InstanceOf<YamlException>().With.Property(nameof(YamlException.Start)).Property("Line").GreaterThan(2));

    [Test]
    public void Parse_NestedTooDeep_IsRefused() =>
        Assert.That(
            () => Parse("a: " + new string('[', 100_000)),
            Throws.InstanceOf<YamlException>().With.Message.Contains("nested more than 100 levels"));

    [Test]
    public void Parse_AliasesOfAliases_AreRefused()
    {
        var yaml = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 9).Select(
            level => $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        Assert.That(() => Parse(yaml), Throws.InstanceOf<YamlException>().With.Message.Contains("more than 200000 values"));
    }

    [Test]
    public void Parse_NotYaml_Throws() => Assert.That(() => Parse("a: [b"), Throws.InstanceOf<YamlException>());

    private static string Parse(string yaml) =>
        TemplateYaml.Parse(Encoding.UTF8.GetBytes(yaml))?.ToJsonString(JsonNodeText.Readable) ?? "null";
}
