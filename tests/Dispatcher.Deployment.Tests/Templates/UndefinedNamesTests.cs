using System.Text;
using System.Text.Json;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Tests.Templates;

public sealed class UndefinedNamesTests
{
    private const string Sam = "AWS::Serverless-2016-10-31";

    [TestCase("""{"Ref":"Tabel"}""", "Resources.A.Properties.X: Tabel")]
    [TestCase("""[{"Fn::GetAtt":["Tabel","Arn"]}]""", "Resources.A.Properties.X: Tabel")]
    [TestCase("""{"Y":{"Fn::GetAtt":"Tabel.Arn"}}""", "Resources.A.Properties.X.Y: Tabel")]
    [TestCase("""{"Fn::Sub":"a${AWS::Region}${!b}${Stage}${Tabel.Arn}"}""", "Resources.A.Properties.X: Tabel")]
    [TestCase("""{"Fn::Sub":["${Own}${Other}",{"Own":{"Ref":"Tabel"}}]}""",
        "Resources.A.Properties.X: Other, Resources.A.Properties.X.Own: Tabel")]
    [TestCase("""{"Fn::If":["Nope",1,{"Ref":"AWS::NoValue"}]}""", "Resources.A.Properties.X: Nope")]
    public void Find_UndefinedName_IsFound(string value, string expected) => Assert.That(Find(value), Is.EqualTo(expected));

    [TestCase("""{"Ref":"AWS::StackName"}""")]
    [TestCase("""{"Ref":"Stage"}""")]
    [TestCase("""{"Fn::GetAtt":["FunctionRole","Arn"]}""")]
    [TestCase("""{"Ref":"Function.Version"}""")]
    [TestCase("""{"Ref":"Function.Alias"}""")]
    [TestCase("""{"Fn::GetAtt":["FunctionEveryHour","Arn"]}""")]
    [TestCase("""{"Ref":"ServerlessRestApi"}""")]
    [TestCase("""{"Ref":"ServerlessHttpApiApiGatewayDefaultStage"}""")]
    [TestCase("""{"Fn::GetAtt":["CodeDeployServiceRole","Arn"]}""")]
    [TestCase("""{"Fn::Sub":["${Own}${With.Dot}",{"Own":1,"With.Dot":2}]}""")]
    [TestCase("""{"Ref":"text beside it","Other":1}""")]
    [TestCase("""{"Condition":{"StringEquals":{"a":"b"}}}""")]
    [TestCase("""{"Condition":"Nope"}""")]
    [TestCase("""{"Fn::Sub":"${!Nope} $Nope $${!Nope}"}""")]
    [TestCase("\"${Nope}\"")]
    [TestCase("""{"Fn::GetAtt":[{"Ref":"Stage"},"Arn"]}""")]
    public void Find_DefinedName_IsNotFound(string value) => Assert.That(Find(value), Is.Empty);

    [TestCase("\"AWS::LanguageExtensions\"")]
    [TestCase("\"AWS::Include\"")]
    [TestCase("[\"AWS::Serverless-2016-10-31\",\"Own\"]")]
    [TestCase("""{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}""")]
    public void Find_OtherTransform_FindsNothing(string transform) => Assert.That(Find("""{"Ref":"Nope"}""", transform), Is.Empty);

    [TestCase("""{"Fn::Transform":{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}}""")]
    [TestCase("""{"Fn::ForEach::Loop":["Item",["a"],{"x":1}]}""")]
    public void Find_Expansion_FindsNothing(string expansion) =>
        Assert.That(Find($$"""[{"Ref":"Nope"},{{expansion}}]"""), Is.Empty);

    [TestCase("""{"Ref":"AQueue"}""")]
    [TestCase("""{"Ref":"A.Queue"}""")]
    [TestCase("""{"Fn::GetAtt":["AQueue","Arn"]}""")]
    [TestCase("""{"Fn::Sub":"${AQueue.Arn}"}""")]
    public void Find_ResourceOfAModule_IsNotFound(string value) => Assert.That(
        Format(JsonElement.Parse(Template(
            $$$"""{"Type":"My::SQS::Queue::MODULE","Properties":{"X":{{{value}}}}}""", $"\"{Sam}\""))),
        Is.Empty);

    [Test]
    public void Find_QueueThatSamNamesAsTold_IsNotFound() => Assert.That(
        Format(JsonElement.Parse(Template(
            """
            {"Type":"AWS::Serverless::Function","Properties":{
              "Events":{"E":{"Properties":{"DeadLetterConfig":{"Type":"SQS","QueueLogicalId":"MyQueue"}}}},
              "X":{"Fn::GetAtt":["MyQueue","Arn"]},"Y":{"Ref":"OtherQueue"}}}
            """, $"\"{Sam}\""))),
        Is.EqualTo("Resources.A.Properties.Y: OtherQueue"));

    [TestCase("""{"Type":"T","DependsOn":["Function","Nope"]}""", "Resources.A.DependsOn: Nope")]
    [TestCase("""{"Type":"T","DependsOn":"FunctionRole"}""", "")]
    [TestCase("""{"Type":"T","Condition":"IsLive"}""", "")]
    [TestCase("""{"Type":"T","Condition":"IsLve"}""", "Resources.A: IsLve")]
    public void Find_OwnerOfProperties_IsChecked(string resource, string expected) =>
        Assert.That(Format(JsonElement.Parse(Template(resource, $"\"{Sam}\""))), Is.EqualTo(expected));

    [Test]
    public void Find_ProjectTemplate_FindsNothing()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "serverless.template")) || !Directory.Exists(Path.Combine(folder, "src")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        foreach (var file in (string[])["serverless.template", "samples/Acme.Chores/serverless.template"])
        {
            Assert.That(UndefinedNames.Find(TemplateFile.Read(Path.Combine(folder, file))), Is.Empty, file);
        }
    }

    [TestCase("{\n \"Resources\": {\n  \"A\": {\n   \"P\": [\n    1,\n    {\"Ref\": \"N\"}]}}}", 6)]
    [TestCase("{\n \"Resources\": {\"B\": 1,\n  \"A\": {\"P\": [1, {\n  \"Ref\": \"N\"}]}}}", 4)]
    [TestCase("Resources:\n  A:\n    P:\n      - 1\n      - !Ref N\n", 5)]
    [TestCase("Resources:\n  A:\n    P:\n      - 1\n      -\n        Ref: N\n", 6)]
    [TestCase("Resources:\n  A: &a\n    P: [1, 2]\n", 3)]
    public void FindLine_Place_IsItsLine(string content, int line) => Assert.That(
        new TemplateLines(Encoding.UTF8.GetBytes(content), content[0] == '{' ? "t.json" : "t.yaml")
            .Find(["Resources", "A", "P", "1", "Ref"]),
        Is.EqualTo(line));

    [Test]
    public void FindLine_WithinShortForms_IsThatOfTheInnerFunction() => Assert.That(
        new TemplateLines(
            "Resources:\n  A:\n    P: !If\n      - C\n      - !Sub\n        - ${X}\n        - X: !Ref N\n"u8.ToArray(), "t.yaml")
            .Find(["Resources", "A", "P", "Fn::If", "1", "Fn::Sub", "1", "X", "Ref"]),
        Is.EqualTo(7));

    private static string Find(string value, string transform = $"\"{Sam}\"") =>
        Format(JsonElement.Parse(Template($$$"""{"Type":"T","Properties":{"X":{{{value}}}}}""", transform)));

    private static string Template(string resource, string transform) => $$$"""
        {"Transform":{{{transform}}},"Parameters":{"Stage":{"Type":"String"}},
         "Conditions":{"IsLive":{"Fn::Equals":[{"Ref":"Stage"},"live"]}},
         "Resources":{"Function":{"Type":"AWS::Serverless::Function"},"A":{{{resource}}}}}
        """;

    private static string Format(JsonElement template) =>
        string.Join(", ", UndefinedNames.Find(template).Select(static found => $"{found.Place}: {found.Name}"));
}
