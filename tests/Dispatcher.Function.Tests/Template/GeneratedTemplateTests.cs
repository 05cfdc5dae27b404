using System.Text.Json.Nodes;
using Dispatcher.Deployment.Generation;

namespace Dispatcher.Function.Tests.Template;

/// <summary>
/// Compares the template of the repository with what the registrations generate, and with the one that was written by hand.
/// </summary>
public sealed class GeneratedTemplateTests
{
    /// <summary>The paths that differ from the former template, and why.</summary>
    private static readonly (string Path, string Reason)[] Intended =
    [
        ("Metadata.Dispatcher::Template", "The options of the generation."),
        ("Metadata.cfn-lint.config.ignore_checks", "Names within ARNs may be empty, too, while a job is not enabled."),
        ("Metadata.AWS::CloudFormation::Interface.ParameterGroups[0].Parameters", "TracingMode, and more limits."),
        ("Parameters.Architecture.Description", "The document of this repository is none of a consumer's."),
        ("Parameters.CeleryTask.", "A task's name is any printable text."),
        ("Parameters.CeleryOtherTasks.AllowedPattern", "A task's name is any printable text."),
        ("Parameters.TracingMode", "Traces of X-Ray."),
        ("Parameters.MaxChangesPercent", "More limits."),
        ("Parameters.MaxBytes", "More limits."),
        ("Parameters.MaxChangesPerSecond", "More limits."),
        ("Resources.DispatcherFunction.Properties.Environment.Variables.MAX_", "More limits."),
        ("Conditions.TraceRuns", "Traces of X-Ray."),
        ("Resources.TracingPolicy", "Traces of X-Ray."),
        ("Resources.DispatcherFunction.Properties.Tracing", "Traces of X-Ray."),
        ("Resources.VideoUploadCleanupPolicy.Properties.PolicyDocument.Statement[0].Action", "The job never calls GetItem."),
        ("Resources.RunsPolicy.Properties.PolicyDocument.Statement[0].Action", "Leases."),
        ("Metadata.AWS::CloudFormation::Interface.ParameterGroups[10].Parameters", "PlanBucketName."),
        ("Parameters.PlanBucketName", "Plans in S3."),
        ("Conditions.KeepPlans", "Plans in S3."),
        ("Resources.PlansPolicy", "Plans in S3."),
        ("Resources.DispatcherFunction.Properties.Environment.Variables.PLAN_", "Plans in S3."),
        ("Parameters.JobRoles", "A role for each job."),
        ("Conditions.UseJobRoles", "A role for each job."),
        ("Conditions.UseVideoUploadCleanupRole", "A role for each job."),
        ("Conditions.UseCeleryEnqueueRole", "A role for each job."),
        ("Conditions.UseEcsRunTaskRole", "A role for each job."),
        ("Resources.VideoUploadCleanupRole", "A role for each job."),
        ("Resources.CeleryEnqueueRole", "A role for each job."),
        ("Resources.EcsRunTaskRole", "A role for each job."),
        ("Resources.VideoUploadCleanupPolicy.Properties.Roles", "With JobRoles the role of the job, otherwise the same as before."),
        ("Resources.CeleryEnqueuePolicy.Properties.Roles", "With JobRoles the role of the job, otherwise the same as before."),
        ("Resources.ClaimsReportPolicy.Properties.Roles", "With JobRoles the role of the job, otherwise the same as before."),
        ("Resources.ChannelBackfillPolicy.Properties.Roles", "With JobRoles the role of the job, otherwise the same as before."),
        ("Resources.DispatcherFunction.Properties.Environment.Variables.JOB_ROLE_", "A role for each job."),
        ("Rules.", "Rules have the names of what they check. Their conditions and assertions are the same."),
        ("Conditions.HaveRules.Fn::Or", "The conditions of the rules, one by one."),
        ("Resources.UndeliveredEventsQueuePolicy.Properties.PolicyDocument.Statement[1].Fn::If[1].Condition.ArnEquals.aws:SourceArn",
            "The rule of the added file is the last one."),
        ("Parameters.RefreshMaterializedViewName", "Whole schemas."),
        ("Outputs.RunsTableName.Description", "The name of the tool is the consumer's."),
        ("Parameters.SlackChannel", "Messages to Slack."),
        ("Parameters.TeamsChannel", "Messages to Microsoft Teams."),
        ("Parameters.RunbookUrl", "The alarms name the runbook."),
        ("Metadata.AWS::CloudFormation::Interface.ParameterGroups[11].Parameters", "SlackChannel, TeamsChannel and RunbookUrl."),
        ("Conditions.Tell", "Messages to Slack and Microsoft Teams."),
        ("Resources.AlarmChatRole", "Messages to Slack and Microsoft Teams."),
        ("Resources.AlarmSlackChannel", "Messages to Slack."),
        ("Resources.AlarmTeamsChannel", "Messages to Microsoft Teams."),
        ("Parameters.ClaimsReportWatchHours", "The watch over weekly jobs."),
        ("Conditions.WatchClaimsReport", "Alarms of each task."),
        ("Conditions.WatchRuns", "The watch over weekly jobs."),
        ("Resources.DispatcherFunction.Properties.Environment.Variables.Watch__", "The watch over weekly jobs."),
        ("Resources.Watch", "The watch over weekly jobs."),
        ("Resources.OverdueJobsAlarm", "The watch over weekly jobs."),
        ("Resources.ClaimsReportTaskFailedAlarm", "Alarms of each task."),
        ("Resources.ChannelBackfillTaskFailedAlarm", "Alarms of each task."),
        ("Resources.CeleryEnqueueNoSuccessAlarm.Properties.Dimensions", "The success of another task does not count."),
        ("Resources.RunUptimeNoSuccessAlarm.Properties.Dimensions", "The success of another task does not count."),
        ("Resources.ClaimsReportNoSuccessAlarm.Properties.Dimensions", "The success of another task does not count."),
        ("Resources.RefreshMaterializedViewErrorsAlarm.Properties.Metrics", "The metrics of an expression have the ids of their names."),
    ];

    private static string Former => Path.Combine(
        ServerlessTemplate.Root, "tests", "Dispatcher.Function.Tests", "Template", "former.template");

    [Test]
    public void Template_File_IsWhatTheRegistrationsGenerate()
    {
        var file = File.ReadAllText(ServerlessTemplate.RepositoryFile);
        var generated = TemplateGenerator.Generate(
            builder => builder.AddMaintenanceJobs(), ServerlessTemplate.Options, ServerlessTemplate.Root);

        Assert.That(
            file,
            Is.EqualTo(generated),
            () => "Run: dotnet run --project src/Dispatcher.Cli -- template\n" + string.Join(
                '\n', TemplateComparison.Compare(JsonNode.Parse(file), JsonNode.Parse(generated))));
    }

    [Test]
    public void Template_FormerOne_DiffersAsIntended() =>
        Assert.That(
            TemplateComparison.Compare(JsonNode.Parse(File.ReadAllText(Former)), JsonNode.Parse(Generate()))
                .Where(difference => !Intended.Any(intended => difference.Path.StartsWith(intended.Path, StringComparison.Ordinal)))

                // What an alarm is about, the runbook, the command and the query of the log: AlarmTextTests.
                .Where(difference => !difference.Path.EndsWith("Alarm.Properties.AlarmDescription", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Rules_FormerOnes_HaveOtherNamesOnly()
    {
        static IEnumerable<string> Rules(string template) => JsonNode.Parse(template)!["Rules"]!.AsObject()
            .Where(static rule => rule.Key != "OneUptime").Select(static rule => rule.Value!.ToJsonString());

        Assert.That(Rules(Generate()), Is.EquivalentTo(Rules(File.ReadAllText(Former))));
    }

    [TestCase("Parameters", "TracingMode", "JobRoles", "MaxChangesPercent", "MaxBytes", "MaxChangesPerSecond", "PlanBucketName",
        "SlackChannel", "TeamsChannel", "RunbookUrl", "ClaimsReportWatchHours")]
    [TestCase(
        "Resources", "TracingPolicy", "VideoUploadCleanupRole", "VideoUploadCleanupRolePolicy", "CeleryEnqueueRole",
        "CeleryEnqueueRolePolicy", "EcsRunTaskRole", "EcsRunTaskRolePolicy", "PlansPolicy", "AlarmChatRole", "AlarmSlackChannel",
        "AlarmTeamsChannel", "ClaimsReportTaskFailedAlarm", "ChannelBackfillTaskFailedAlarm", "WatchPolicy", "WatchRule",
        "WatchPermission", "OverdueJobsAlarm")]
    [TestCase(
        "Conditions", "TraceRuns", "UseJobRoles", "UseVideoUploadCleanupRole", "UseCeleryEnqueueRole", "UseEcsRunTaskRole",
        "KeepPlans", "TellSlack", "TellTeams", "TellChat", "WatchClaimsReport", "WatchRuns")]
    [TestCase("Outputs")]
    public void Names_FormerOnes_AreAllThere(string section, params string[] added)
    {
        static IEnumerable<string> Names(string template, string section) =>
            JsonNode.Parse(template)![section]!.AsObject().Select(entry => entry.Key);

        Assert.That(Names(Generate(), section).Except(added), Is.EquivalentTo(Names(File.ReadAllText(Former), section)));
    }

    [Test]
    public void Parameters_FormerOnes_HaveTheSameOrder()
    {
        static IEnumerable<string> Names(string template) =>
            JsonNode.Parse(template)!["Parameters"]!.AsObject().Select(parameter => parameter.Key);

        Assert.That(
            Names(Generate()).Except(
                [
                    "TracingMode", "JobRoles", "MaxChangesPercent", "MaxBytes", "MaxChangesPerSecond", "PlanBucketName", "SlackChannel",
                    "TeamsChannel", "RunbookUrl", "ClaimsReportWatchHours",
                ]),
            Is.EqualTo(Names(File.ReadAllText(Former))));
    }

    private static string Generate() => File.ReadAllText(ServerlessTemplate.Path);
}
