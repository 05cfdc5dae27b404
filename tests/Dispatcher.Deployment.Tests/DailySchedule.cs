using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Tests;

/// <summary>Schedules of EventBridge Scheduler for templates of tests.</summary>
internal static class DailySchedule
{
    /// <summary>Creates a schedule that starts a job every day, with other properties.</summary>
    /// <param name="name">Its logical id.</param>
    /// <param name="properties">Properties that replace those of the schedule, as JSON.</param>
    /// <returns>An entry of <c>Resources</c>.</returns>
    public static string Named(string name, string properties = "{}")
    {
        var schedule = (JsonObject)JsonNode.Parse("""
            {"ScheduleExpression":"cron(0 3 * * ? *)","FlexibleTimeWindow":{"Mode":"OFF"},
             "Target":{"Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"RoleArn":"arn:aws:iam::123456789012:role/r",
               "Input":"{\"job\":\"video-upload-cleanup\"}"}}
            """)!;
        foreach (var (property, value) in (JsonObject)JsonNode.Parse(properties)!)
        {
            schedule[property] = value?.DeepClone();
        }

        return $"\"{name}\":{{\"Type\":\"AWS::Scheduler::Schedule\",\"Properties\":{schedule.ToJsonString()}}}";
    }
}
