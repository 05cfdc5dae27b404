using System.Text;
using System.Text.Json;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Tests.Inspection;

/// <summary>Inspects templates that deploy, with values that only a deployment knows: they are not complained of.</summary>
public sealed class UnknownValueTests
{
    private const string Hourly = "\"ScheduleExpression\":\"rate(1 hour)\"";

    [TestCase("""{"Ref":"Payload"}""")]
    [TestCase("\"{{resolve:ssm:/jobs/payload}}\"")]
    [TestCase("""{"Fn::ImportValue":"payload"}""")]
    [TestCase("""{"Fn::Sub":"{\"job\":\"${Payload}\"}"}""")]
    [TestCase("""{"Fn::Sub":"{\"job\":\"video-upload-cleanup\",\"parameters\":${Payload}}"}""")]
    [TestCase("""{"Fn::ToJsonString":{"job":{"Fn::GetAtt":["Nested","Outputs.Job_Name"]}}}""")]
    [TestCase("""{"Fn::FindInMap":["Payloads","none","x",{"DefaultValue":"{\"job\":\"$list\"}"}]}""")]
    [TestCase("""{"Fn::FindInMap":["Payloads",{"Ref":"AWS::AccountId"},"x"]}""")]
    [TestCase("""{"Fn::FindInMap":["Payloads",{"Ref":"AWS::Region"},"x"]}""")]
    [TestCase("""{"Fn::FindInMap":["Payloads",{"Ref":"Payload"},"x"]}""")]
    [TestCase("""{"Fn::If":["OnlyTheDeploymentKnows","{\"job\":\"a\"}","{\"job\":\"b\"}"]}""")]
    [TestCase("""{"Fn::Select":[3,{"Fn::Split":[":",{"Fn::ImportValue":"a"}]}]}""")]
    [TestCase("""{"Fn::Select":[2,{"Ref":"List"}]}""")]
    [TestCase("""{"Fn::Transform":{"Name":"AWS::Include"}}""")]
    [TestCase("""{"Fn::NewlyInvented":["x"]}""")]
    public void Inspect_InputIsUnknown_HasNoProblem(string input) =>
        Assert.That(Inspect.Problems(Of(Rule(Hourly, $"\"Input\":{input}"))), Is.Empty);

    [TestCase("\"ScheduleExpression\":{\"Ref\":\"Payload\"}")]
    [TestCase("\"ScheduleExpression\":{\"Fn::Sub\":\"rate(${Payload} minutes)\"}")]
    [TestCase("\"EventPattern\":{\"Fn::If\":[\"OnlyTheDeploymentKnows\",{\"source\":[\"a\"]},{\"source\":[\"b\"]}]}")]
    [TestCase(Hourly + ",\"State\":{\"Fn::If\":[\"OnlyTheDeploymentKnows\",\"ENABLED\",\"DISABLED\"]}")]
    [TestCase(Hourly + ",\"EventBusName\":{\"Fn::ImportValue\":\"bus\"}")]
    public void Inspect_PropertyIsUnknown_HasNoProblem(string property) =>
        Assert.That(Inspect.Problems(Of(Rule(property, "\"Input\":\"{\\\"job\\\":\\\"$list\\\"}\""))), Is.Empty);

    [Test]
    public void Inspect_TargetsAreUnknown_HasNoProblem() =>
        Assert.That(
            Inspect.Problems(Of(
                "\"Rule\":{\"Type\":\"AWS::Events::Rule\",\"Properties\":{" + Hourly + ",\"Targets\":{\"Ref\":\"Payload\"}}}")),
            Is.Empty);

    [Test]
    public void Inspect_BehindAFalseCondition_ItsValuesAreNotEvaluated()
    {
        var rule = """
            "Rule":{"Type":"AWS::Events::Rule","Condition":"Never","Properties":{
              "ScheduleExpression":{"Fn::FindInMap":["Payloads","prod","schedule"]},
              "Targets":[{"Id":"x","Arn":{"Ref":"Payload"},"Input":{"Fn::Select":[9,["a"]]}}]}},
            "Empty":{"Type":"AWS::Events::Rule","Condition":"Never","Properties":{"ScheduleExpression":"","Targets":[]}}
            """;

        Assert.That(Inspect.Problems(Of(rule)), Is.Empty);
    }

    [Test]
    public void Inspect_RuleDependsOnUnknownParameter_IsNotViolated() =>
        Assert.That(Inspect.Problems(Of(Rule(Hourly, "\"Input\":\"{\\\"job\\\":\\\"$list\\\"}\""))), Is.Empty);

    [TestCase("AWS::AccountId", "111122223333")]
    [TestCase("AWS::Region", "eu-west-1")]
    public void Inspect_AccountAndRegionAreGiven_MapsAreRead(string key, string expected)
    {
        var input = """
            "Input":{"Fn::Sub":["{\"job\":\"${Job}\"}",{"Job":{"Fn::FindInMap":["Jobs",{"Ref":"KEY"},"job"]}}]}
            """.Replace("KEY", key, StringComparison.Ordinal);
        var options = new InspectionOptions { Account = "111122223333", Region = "eu-west-1" };

        var inspection = TemplateInspection.Inspect(
            JsonElement.Parse(Template(Rule(Hourly, input))), "template.of.a.test", options, Inspect.Now, Inspect.AddJobs);

        Assert.That(inspection.Jobs.Single().Job, Is.EqualTo($"job-of-{expected}"));
    }

    [Test]
    public void Inspect_ResourceOfAMacro_IsNotMissing()
    {
        var template = Template(Rule(Hourly, "\"Input\":{\"Fn::Sub\":\"${FromTheMacro}\"}")).Replace(
            "{\"Parameters\"", "{\"Transform\":[\"Company::Macro\"],\"Parameters\"", StringComparison.Ordinal);

        Assert.That(Inspect.Problems(Inspect.Template(template)), Is.Empty);
    }

    [TestCase("a.yaml", "AWSTemplateFormatVersion: 2010-09-09\nResources:\n")]
    [TestCase("a.template", "Resources:\n")]
    public void Inspect_Yaml_IsReadWithItsShortForms(string name, string start)
    {
        var yaml = start + """
              Dispatcher:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Dispatcher.Function
                  Events:
                    Nightly:
                      Type: Schedule
                      Properties:
                        Schedule: cron(0 3 ? * SAT-SUN *)
                        Enabled: no
                        Input: !Sub '{"job":"video-upload-clenup","id":"${AWS::StackName}"}'
            """;

        var inspection = TemplateInspection.Inspect(
            TemplateFile.Parse(Encoding.UTF8.GetBytes(yaml), name), name, new InspectionOptions(), Inspect.Now, Inspect.AddJobs);

        Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.Some.Contains("Did you mean 'video-upload-cleanup'?"));
        Assert.That(inspection.Jobs.Single().Trigger.State, Is.EqualTo(Dispatcher.Deployment.Triggers.TriggerState.Disabled));
    }

    private static string Rule(string property, string target) => $$$$$$"""
        "Rule":{"Type":"AWS::Events::Rule","Properties":{ {{{{{{property}}}}}},
          "Targets":[{"Id":"d","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},{{{{{{target}}}}}} }]}}
        """;

    private static TemplateInspection Of(string resources) => Inspect.Template(Template(resources));

    private static string Template(string resources) => $$$$$$"""
        {"Parameters":{"Payload":{"Type":"String"},"List":{"Type":"AWS::SSM::Parameter::Value<List<String>>","Default":"/a/b"},
           "Sizes":{"Type":"List<Number>","Default":"1,2","AllowedValues":["1","2"]}},
         "Rules":{"NotEmpty":{"Assertions":[{"Assert":{"Fn::Not":[{"Fn::Equals":[{"Ref":"Payload"},""]}]}},
           {"Assert":{"Fn::EachMemberIn":[{"Fn::RefAll":"AWS::EC2::VPC::Id"},["a"]]}}]}},
         "Mappings":{"Payloads":{"test":{"x":"y"}},
           "Jobs":{"111122223333":{"job":"job-of-111122223333"},"eu-west-1":{"job":"job-of-eu-west-1"}}},
         "Conditions":{"Never":{"Fn::Equals":["a","b"]},"OnlyTheDeploymentKnows":{"Fn::Equals":[{"Ref":"Payload"},"x"]}},
         "Resources":{"Nested":{"Type":"AWS::CloudFormation::Stack"},
           "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":{"Ref":"Payload"}}},
           {{{{{{resources}}}}}} }}
        """;
}
