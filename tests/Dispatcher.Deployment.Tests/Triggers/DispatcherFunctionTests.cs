using System.Text.Json;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Triggers;

/// <summary>Finds the function that runs the dispatcher, also behind an alias or a version.</summary>
public sealed class DispatcherFunctionTests
{
    private const string Others = """
        "Live":{"Type":"AWS::Lambda::Alias","Properties":{"Name":"live","FunctionName":{"Ref":"Dispatcher"},"FunctionVersion":"1"}},
        "Numbered":{"Type":"AWS::Lambda::Version","Properties":{"FunctionName":{"Fn::GetAtt":["Dispatcher","Arn"]}}},
        "Foreign":{"Type":"AWS::Lambda::Alias","Properties":{"Name":"live","FunctionName":"other","FunctionVersion":"1"}},
        "DispatcherOfOthers":{"Type":"AWS::Lambda::Function","Properties":{"Handler":"x","Runtime":"python3.13"}},
        """;

    [TestCase("""{"Fn::GetAtt":["Dispatcher","Arn"]}""", true)]
    [TestCase("""{"Ref":"Live"}""", true)]
    [TestCase("""{"Ref":"Numbered"}""", true)]
    [TestCase("""{"Ref":"DispatcherAliaslive"}""", true)]
    [TestCase("""{"Ref":"Dispatcher.Alias"}""", true)]
    [TestCase("""{"Fn::GetAtt":["Dispatcher","Alias"]}""", true)]
    [TestCase("""{"Fn::Sub":"${Dispatcher.Arn}:live"}""", true)]
    [TestCase("""{"Fn::Sub":"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Dispatcher}:live"}""", true)]
    [TestCase("""{"Fn::Join":[":",["arn:aws:lambda:eu-west-1:123456789012:function","maintenance","live"]]}""", true)]
    [TestCase("\"arn:aws:lambda:eu-west-1:123456789012:function:maintenance\"", true)]
    [TestCase("\"arn:aws:lambda:eu-west-1:123456789012:function:maintenance2\"", false)]
    [TestCase("""{"Ref":"Foreign"}""", false)]
    [TestCase("""{"Fn::GetAtt":["DispatcherOfOthers","Arn"]}""", false)]
    [TestCase("""{"Fn::ImportValue":"dispatcher"}""", false)]
    public void Matches_Address_IsThatOfTheFunctionAliasOrVersion(string arn, bool expected)
    {
        var inspection = Inspect.Template($$$$$$"""
            {"Resources":{ {{{{{{Others}}}}}}
              "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","FunctionName":"maintenance"}},
              "Rule":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 hour)",
                "Targets":[{"Id":"d","Arn":{{{{{{arn}}}}}},"Input":"{\"job\":\"$list\"}"}]}}}}
            """);

        Assert.That(Inspect.Problems(inspection), Is.Empty);
        Assert.That(inspection.Jobs.Single().Function?.Resource, Is.EqualTo(expected ? "Dispatcher" : null));
    }

    [TestCase("\"Runtime\":\"dotnet10\",\"Handler\":\"Acme.Chores\"", "{}", true)]
    [TestCase("\"Runtime\":\"dotnet8\",\"Handler\":\"App::App.Function::Handle\"", "{}", false)]
    [TestCase("\"Runtime\":\"python3.13\",\"Handler\":\"app.handler\"", "{}", false)]
    [TestCase("\"Runtime\":\"provided.al2023\",\"Handler\":\"bootstrap\"", "{}", false)]
    [TestCase("\"Runtime\":\"provided.al2023\",\"Handler\":\"bootstrap\"", """{"job":"$list"}""", true)]
    [TestCase("\"PackageType\":\"Image\"", """{"job":"$list"}""", true)]
    [TestCase("\"PackageType\":\"Image\"", """{"task":"x"}""", false)]
    public void FindAll_HandlerOfAnotherName_IsJudgedByRuntimeAndInput(string properties, string input, bool expected)
    {
        var inspection = Inspect.Template(Template(properties, input));

        Assert.That(inspection.Functions.Select(function => function.Resource), Is.EqualTo(expected ? new[] { "Work" } : []));
        Assert.That(inspection.Findings.Any(finding => finding.Message.Contains("--function NAME")), Is.EqualTo(!expected));
    }

    [TestCase("Work")]
    [TestCase("nightly")]
    public void FindAll_FunctionIsNamed_IsTheOnlyOne(string name)
    {
        var inspection = Of(Template("\"Runtime\":\"python3.13\",\"FunctionName\":\"nightly\"", """{"job":"$lst"}"""), name);

        Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.Some.Contains("Did you mean '$list'?"));
    }

    [Test]
    public void FindAll_NamedFunctionDoesNotExist_IsRefused() =>
        Assert.That(
            () => Of(Template("\"Runtime\":\"dotnet10\"", "{}"), "Wor"),
            Throws.TypeOf<InvalidSourceException>().With.Message.EqualTo(
                "The template has no function 'Wor'. Did you mean 'Work'? Functions: Work."));

    [TestCase("""{"Fn::GetAtt":["StreamJobs","Arn"]}""", "", true)]
    [TestCase("\"arn:aws:sqs:eu-west-1:123456789012:StreamJobs\"", "", true)]
    [TestCase("""{"Ref":"Open"}""", "", true)]
    [TestCase("""{"Ref":"Open"}""", ",\"StartingPosition\":\"LATEST\"", false)]
    [TestCase("""{"Fn::GetAtt":["Table","StreamArn"]}""", "", false)]
    [TestCase("\"arn:aws:kinesis:eu-west-1:123456789012:stream/jobs\"", "", false)]
    [TestCase("\"arn:aws:mq:eu-west-1:123456789012:broker:jobs\"", "", false)]
    public void Read_Mapping_IsAQueueByItsType(string source, string more, bool expected)
    {
        var inspection = Inspect.Template($$$$$$"""
            {"Parameters":{"Open":{"Type":"String"}},"Resources":{
              "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function"}},
              "StreamJobs":{"Type":"AWS::SQS::Queue"},"Table":{"Type":"AWS::DynamoDB::Table"},
              "Mapping":{"Type":"AWS::Lambda::EventSourceMapping",
                "Properties":{"FunctionName":{"Ref":"Dispatcher"},"EventSourceArn":{{{{{{source}}}}}}{{{{{{more}}}}}}}}}}
            """);

        Assert.That(inspection.Jobs.Select(job => job.Trigger.Kind), Is.EqualTo(expected ? new[] { TriggerKind.Queue } : []));
    }

    private static string Template(string properties, string input) => $$$$$$"""
        {"Resources":{"Work":{"Type":"AWS::Lambda::Function","Properties":{ {{{{{{properties}}}}}} }},
          "Rule":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 hour)",
            "Targets":[{"Id":"d","Arn":{"Fn::GetAtt":["Work","Arn"]},"Input":{{{{{{JsonSerializer.Serialize(input)}}}}}}}]}}}}
        """;

    private static TemplateInspection Of(string template, string function) => TemplateInspection.Inspect(
        JsonElement.Parse(template), "template.of.a.test", new InspectionOptions { Function = function }, Inspect.Now, Inspect.AddJobs);
}
