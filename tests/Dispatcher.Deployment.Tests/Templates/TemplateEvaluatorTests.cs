namespace Dispatcher.Deployment.Tests.Templates;

public sealed class TemplateEvaluatorTests
{
    private const string Sections = """
        "Parameters":{"Name":{"Type":"String","Default":"uploads"},"Count":{"Type":"Number","Default":5},"Open":{"Type":"String"},
                      "Subnets":{"Type":"CommaDelimitedList","Default":"a, b"}},
        "Mappings":{"Sizes":{"eu-central-1":{"memory":512}}},
        "Conditions":{"Yes":{"Fn::Equals":[{"Ref":"Name"},"uploads"]},"No":{"Fn::Not":[{"Condition":"Yes"}]},
                      "Number":{"Fn::Equals":[{"Ref":"Count"},"5"]},
                      "Both":{"Fn::And":[{"Condition":"Yes"},{"Condition":"No"}]},
        "Either":{"Fn::Or":[{"Condition":"No"},{"Condition":"Yes"}]}},
        """;

    [TestCase("""{"Ref":"Name"}""", "\"uploads\"")]
    [TestCase("""{"Ref":"Count"}""", "\"5\"")]
    [TestCase("""{"Ref":"Subnets"}""", """["a","b"]""")]
    [TestCase("""{"Ref":"Bucket"}""", "\"${Bucket}\"")]
    [TestCase("""{"Ref":"AWS::Region"}""", "\"eu-central-1\"")]
    [TestCase("""{"Ref":"AWS::StackName"}""", "\"maintenance\"")]
    [TestCase("""{"Ref":"AWS::NoValue"}""", null)]
    [TestCase("""[1,{"Ref":"AWS::NoValue"},2]""", "[1,2]")]
    [TestCase("""{"a":{"Ref":"AWS::NoValue"},"b":null}""", """{"b":null}""")]
    [TestCase("""{"Fn::GetAtt":["Bucket","Arn"]}""", "\"${Bucket.Arn}\"")]
    [TestCase("""{"Fn::GetAtt":"Bucket.Arn"}""", "\"${Bucket.Arn}\"")]
    [TestCase("""{"Fn::Sub":"s3://${Name}/${AWS::AccountId}/${Bucket.Arn}/${!Literal}"}""",
        "\"s3://uploads/123456789012/${Bucket.Arn}/${Literal}\"")]
    [TestCase("""{"Fn::Sub":["${Own}-${Name}",{"Own":{"Ref":"Count"}}]}""", "\"5-uploads\"")]
    [TestCase("""{"Fn::Sub":"{\"job\":\"x\",\"id\":<id>}"}""", "\"{\\\"job\\\":\\\"x\\\",\\\"id\\\":<id>}\"")]
    [TestCase("""{"Fn::If":["Yes","a","b"]}""", "\"a\"")]
    [TestCase("""{"Fn::If":["No","a",{"Ref":"AWS::NoValue"}]}""", null)]
    [TestCase("""{"Fn::If":["Number","a","b"]}""", "\"a\"")]
    [TestCase("""{"Fn::If":["Both","a","b"]}""", "\"b\"")]
    [TestCase("""{"Fn::If":["Either","a","b"]}""", "\"a\"")]
    [TestCase("""{"Fn::Join":["-",["a",{"Ref":"Name"}]]}""", "\"a-uploads\"")]
    [TestCase("""{"Fn::Join":[",",{"Ref":"Subnets"}]}""", "\"a,b\"")]
    [TestCase("""{"Fn::Split":["/","a/b"]}""", """["a","b"]""")]
    [TestCase("""{"Fn::Select":[2,{"Fn::Split":["/","https://app.example.com/x"]}]}""", "\"app.example.com\"")]
    [TestCase("""{"Fn::Select":["0",["a","b"]]}""", "\"a\"")]
    [TestCase("""{"Fn::FindInMap":["Sizes",{"Ref":"AWS::Region"},"memory"]}""", "512")]
    public void Evaluate_Function_GivesItsValue(string value, string? expected)
    {
        Assert.That(Read.Value(value, out var findings, Sections), Is.EqualTo(expected));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void Evaluate_ParameterIsGiven_WinsOverItsDefault() =>
        Assert.That(Read.Value("""{"Ref":"Name"}""", out _, Sections, "Name=media=1"), Is.EqualTo("\"media=1\""));

    [Test]
    public void Evaluate_ParameterHasNoValue_StaysReadableAndIsNoted()
    {
        Assert.That(Read.Value("""{"Fn::Sub":"x-${Open}"}""", out var findings, Sections), Is.EqualTo("\"x-${Open}\""));
        Assert.That(findings.Single(), Is.EqualTo(new Finding(
            Severity.Note, "Parameters.Open", "It has no default, so what depends on it is not checked. Set it: --parameter Open=VALUE.")));
    }

    [TestCase("""{"Fn::Join":"x"}""", "Fn::Join has invalid arguments: \"x\"")]
    [TestCase("""{"Fn::Sub":5}""", "Fn::Sub has invalid arguments: 5")]
    [TestCase("""{"Ref":["a"]}""", "Ref has invalid arguments")]
    [TestCase("""{"Ref":"Nam"}""", "'Nam' is neither a parameter nor a resource. Did you mean 'Name'?")]
    [TestCase("""{"Fn::Sub":"${Buckte.Arn}"}""", "Did you mean 'Bucket'?")]
    [TestCase("""{"Fn::Select":[2,["a","b"]]}""", "Fn::Select selects item 2 of 2")]
    [TestCase("""{"Fn::FindInMap":["Sizes","eu-west-1","memory"]}""", "finds no value at Sizes, eu-west-1, memory")]
    [TestCase("""{"Fn::If":["Ye","a","b"]}""", "There is no condition 'Ye'. Did you mean 'Yes'?")]
    public void Evaluate_WhatCannotBeComputed_IsReported(string value, string expected)
    {
        Read.Value(value, out var findings, Sections);

        Assert.That(findings.Single().Message, Does.Contain(expected));
        Assert.That(findings.Single().Severity, Is.EqualTo(Severity.Error));
    }

    [Test]
    public void Evaluate_ConditionDependsOnItself_IsReported()
    {
        const string circle = """ "Conditions":{"A":{"Fn::Not":[{"Condition":"B"}]},"B":{"Fn::Not":[{"Condition":"A"}]}},""";

        Read.Value("""{"Fn::If":["A","a","b"]}""", out var findings, circle);

        Assert.That(findings.Single().Message, Does.Contain("Condition 'A' depends on itself"));
    }

    [TestCase("""{"Type":"String","AllowedValues":["true","false"]}""", "flase", "it must be one of true, false. Did you mean 'false'?")]
    [TestCase("""{"Type":"String","AllowedPattern":"[a-z]+"}""", "a1", "it must match [a-z]+.")]
    [TestCase("""{"Type":"Number","MinValue":1}""", "0", "it must be at least 1.")]
    [TestCase("""{"Type":"Number","MaxValue":9}""", "10", "it must be at most 9.")]
    [TestCase("""{"Type":"Number"}""", "many", "it must be a number.")]
    [TestCase("""{"Type":"String","MinLength":"3"}""", "ab", "it must have at least 3 characters.")]
    public void Template_ValueIsNotAllowed_IsReported(string declaration, string value, string expected)
    {
        Read.Template($$$"""{"Parameters":{"P":{{{declaration}}} },"Resources":{}}""", out var findings, $"P={value}");

        Assert.That(findings.Single().Message, Is.EqualTo($"It is '{value}': {expected}"));
    }

    [Test]
    public void Template_ParameterIsUnknown_IsRefused() =>
        Assert.That(
            () => Read.Template("""{"Parameters":{"Bucket":{}},"Resources":{}}""", out _, "Buckte=x"),
            Throws.TypeOf<InvalidSourceException>().With.Message.Contains("no parameter 'Buckte'. Did you mean 'Bucket'?"));

    [Test]
    public void CheckRules_AssertionDoesNotHold_IsReported()
    {
        var template = Read.Template(
            """
            {"Parameters":{"On":{"Default":"true"},"Bucket":{"Default":""}},"Resources":{},
             "Rules":{"KnowsItsBucket":{"RuleCondition":{"Fn::Equals":[{"Ref":"On"},"true"]},
               "Assertions":[{"Assert":{"Fn::Not":[{"Fn::Equals":[{"Ref":"Bucket"},""]}]},"AssertDescription":"Set Bucket."}]}}}
            """,
            out var findings);

        template.CheckRules();

        Assert.That(findings.Single(), Is.EqualTo(new Finding(Severity.Error, "Rules.KnowsItsBucket", "Set Bucket.")));
    }

    [Test]
    public void Template_TwoResourcesOfOneName_IsReported()
    {
        Read.Template("""{"Resources":{"A":{"Type":"AWS::S3::Bucket"},"A":{"Type":"AWS::S3::Bucket"}}}""", out var findings);

        Assert.That(findings.Single().Message, Does.Contain("Two resources have this name"));
    }

    [TestCase(
        """{"Resources":{"A":5,"B":{"Type":5},"C":{"Type":"AWS::Events::Rule","Properties":[]},"D":{"Type":"AWS::Events::Rule","Condition":{}}}}""")]
    [TestCase(
        """{"Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":"x"}},"Parameters":[],"Conditions":5,"Rules":{"R":5},"Globals":"x"}""")]
    public void Template_OddShapes_AreRead(string json) =>
        Assert.That(() => Read.Template(json, out _).CheckRules(), Throws.Nothing);
}
