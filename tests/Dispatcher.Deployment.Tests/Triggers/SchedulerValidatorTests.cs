namespace Dispatcher.Deployment.Tests.Triggers;

/// <summary>Checks the properties of schedules of EventBridge Scheduler that are not about their times.</summary>
public sealed class SchedulerValidatorTests
{
    private const string Role = "\"RoleArn\":\"arn:aws:iam::123456789012:role/scheduler\"";
    private const string Off = "\"FlexibleTimeWindow\":{\"Mode\":\"OFF\"}";

    [TestCase(Off, Role)]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":\"FLEXIBLE\",\"MaximumWindowInMinutes\":\"15\"}", Role)]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":{\"Ref\":\"Open\"},\"MaximumWindowInMinutes\":{\"Ref\":\"Open\"}}", Role)]
    [TestCase("\"FlexibleTimeWindow\":{\"Fn::If\":[\"Unknown\",{\"Mode\":\"OFF\"},5]}", Role)]
    [TestCase(Off + ",\"State\":\"DISABLED\"", Role)]
    [TestCase(Off + ",\"State\":{\"Ref\":\"Open\"}", Role)]
    [TestCase(Off, "\"RoleArn\":{\"Fn::GetAtt\":[\"Role\",\"Arn\"]}")]
    [TestCase(Off, "\"RoleArn\":{\"Fn::ImportValue\":\"role\"}")]
    [TestCase(Off, Role + ",\"RetryPolicy\":{\"MaximumEventAgeInSeconds\":60,\"MaximumRetryAttempts\":0}")]
    public void Check_WhatAwsAccepts_HasNoProblem(string properties, string target) =>
        Assert.That(Problems(properties, target), Is.Empty);

    [TestCase("\"State\":\"ENABLED\"", Role, "FlexibleTimeWindow is missing.")]
    [TestCase("\"FlexibleTimeWindow\":{}", Role, "FlexibleTimeWindow has no Mode.")]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":\"ON\"}", Role, "FlexibleTimeWindow.Mode is 'ON'. Write OFF or FLEXIBLE.")]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":\"FLEXIBLE\"}", Role, "FLEXIBLE without MaximumWindowInMinutes. Write 1 to 1440.")]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":\"FLEXIBLE\",\"MaximumWindowInMinutes\":1441}", Role, "is '1441'. Write 1 to 1440.")]
    [TestCase("\"FlexibleTimeWindow\":{\"Mode\":\"OFF\",\"MaximumWindowInMinutes\":5}", Role, "has no effect")]
    [TestCase(Off + ",\"State\":\"Enabled\"", Role, "State is 'Enabled'. Write ENABLED or DISABLED.")]
    [TestCase(Off, "\"Id\":\"x\"", "Its target has no RoleArn")]
    [TestCase(Off, "\"RoleArn\":\"scheduler\"", "Target.RoleArn is 'scheduler', which is not the address of a role.")]
    [TestCase(Off, Role + ",\"RetryPolicy\":{\"MaximumRetryAttempts\":186}", "MaximumRetryAttempts is '186'. Write 0 to 185.")]
    [TestCase(Off, Role + ",\"RetryPolicy\":{\"MaximumEventAgeInSeconds\":59}", "is '59'. Write 60 to 86400.")]
    [TestCase(Off + ",\"ScheduleExpressionTimeZone\":\"Europe/Berlin\"", Role, "Did you mean 'ScheduleExpressionTimezone'?")]
    [TestCase(
        Off + ",\"StartDate\":\"2027-01-02T00:00:00Z\",\"EndDate\":\"2027-01-02T00:00:00Z\"", Role, "is not after StartDate")]
    public void Check_WhatAwsRefuses_SaysWhatToWrite(string properties, string target, string expected) =>
        Assert.That(Problems(properties, target), Has.Some.Contains(expected));

    [TestCase("\"ScheduleExpression\":\"rate(1 days)\"")]
    [TestCase("\"ScheduleExpression\":\"rate(1 hour)\",\"RoleArn\":{\"Ref\":\"Open\"}")]
    [TestCase("\"ScheduleExpression\":\"at(2027-01-01T00:00:00)\",\"EndDate\":\"2026-12-01T00:00:00Z\"")]
    public void Check_EventOfSam_NeedsNeitherRoleNorWindow(string properties) =>
        Assert.That(Event("AWS::Serverless::Function", "ScheduleV2", properties), Is.Empty);

    [TestCase("ScheduleV2", "\"ScheduleExpression\":\"rate(1 hour)\",\"RoleArn\":\"r\"", "RoleArn is 'r'")]
    [TestCase("ScheduleV2", "\"ScheduleExpression\":\"rate(1 hour)\",\"FlexibleTimeWindow\":{\"Mode\":\"FLEXIBLE\"}", "1 to 1440")]
    [TestCase("Schedule", "\"Schedule\":\"rate(1 days)\"", "write rate(1 day)")]
    [TestCase("EventBridgeRule", "\"Pattern\":{\"state\":\"done\"}", "EventBridge refuses its event pattern")]
    public void Check_EventOfAStateMachine_IsChecked(string type, string properties, string expected) =>
        Assert.That(
            Event("AWS::Serverless::StateMachine", type, properties), Has.One.StartsWith("Error Work.E: ").And.Some.Contains(expected));

    [TestCase("Schedule", "\"Schedule\":\"rate(1 day)\",\"Input\":\"{}\"")]
    [TestCase("EventBridgeRule", "\"Pattern\":{\"source\":[\"x\"]}")]
    public void Check_StateMachine_IsNotTheDispatcher(string type, string properties) =>
        Assert.That(Event("AWS::Serverless::StateMachine", type, properties), Is.Empty);

    private static string[] Problems(string properties, string target) => Inspect.Problems(Inspect.Template(
        $$$$$$"""
        {"Parameters":{"Open":{"Type":"String"}},
         "Conditions":{"Unknown":{"Fn::Equals":[{"Ref":"Open"},"x"]}},
         "Resources":{"Role":{"Type":"AWS::IAM::Role"},
          "Schedule":{"Type":"AWS::Scheduler::Schedule","Properties":{"ScheduleExpression":"rate(1 hour)",{{{{{{properties}}}}}},
            "Target":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:other",{{{{{{target}}}}}}}}}}}
        """));

    private static string[] Event(string resource, string type, string properties) => Inspect.Problems(Inspect.Template(
        $$$$$$"""
        {"Parameters":{"Open":{"Type":"String"}},
         "Resources":{"Work":{"Type":"{{{{{{resource}}}}}}","Properties":{"Handler":"app.handler","Runtime":"python3.13",
           "Events":{"E":{"Type":"{{{{{{type}}}}}}","Properties":{ {{{{{{properties}}}}}} } } } } } } }
        """));
}
