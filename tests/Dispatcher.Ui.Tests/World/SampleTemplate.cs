namespace Dispatcher.Ui.Tests.World;

/// <summary>A template that schedules the jobs of the sample.</summary>
internal static class SampleTemplate
{
    public static string Create() => $$$"""
        {"Resources":{
          "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":300}},
          {{{Rule("CleanupRule", "cron(0 3 * * ? *)", "video-upload-cleanup")}}},
          {{{Rule("UptimeRule", "cron(5 0 * * ? *)", "daily-uptime")}}},
          {{{Rule("RefreshRule", "cron(0 * * * ? *)", "refresh-materialized-view")}}},
          {{{Rule("ReportRule", "cron(30 2 ? * MON *)", "ecs-run-task")}}},
          {{{Rule("TriggerRule", "cron(0 4 * * ? *)", "http-trigger")}}},
          {{{Rule("ShelfRule", "cron(15 22 ? * MON-FRI *)", "sweep-shelf", "DISABLED")}}}
        }}
        """;

    private static string Rule(string name, string schedule, string job, string state = "ENABLED") => $$$$"""
        "{{{{name}}}}":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"{{{{schedule}}}}","State":"{{{{state}}}}",
          "Targets":[{"Id":"dispatcher","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"{{{{job}}}}\"}"}]}}
        """;
}
