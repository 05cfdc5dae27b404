using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.Scheduler.Model;

/// <summary>Describes a schedule.</summary>
public class GetScheduleResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets what happens to the schedule after its last time.</summary>
    public ActionAfterCompletion ActionAfterCompletion { get; set; }

    /// <summary>Gets or sets the description.</summary>
    public string Description { get; set; }

    /// <summary>Gets or sets the end, in UTC.</summary>
    public DateTime? EndDate { get; set; }

    /// <summary>Gets or sets the window of time in which it may start.</summary>
    public FlexibleTimeWindow FlexibleTimeWindow { get; set; }

    /// <summary>Gets or sets the group.</summary>
    public string GroupName { get; set; }

    /// <summary>Gets or sets the ARN of the key that encrypts it.</summary>
    public string KmsKeyArn { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the expression.</summary>
    public string ScheduleExpression { get; set; }

    /// <summary>Gets or sets the time zone of the expression.</summary>
    public string ScheduleExpressionTimezone { get; set; }

    /// <summary>Gets or sets the start, in UTC.</summary>
    public DateTime? StartDate { get; set; }

    /// <summary>Gets or sets the state.</summary>
    public ScheduleState State { get; set; }

    /// <summary>Gets or sets the target.</summary>
    public Target Target { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ActionAfterCompletion = json.Text("ActionAfterCompletion");
        Description = json.Text("Description");
        EndDate = json.Time("EndDate");
        FlexibleTimeWindow = json.Item<FlexibleTimeWindow>("FlexibleTimeWindow");
        GroupName = json.Text("GroupName");
        KmsKeyArn = json.Text("KmsKeyArn");
        Name = json.Text("Name");
        ScheduleExpression = json.Text("ScheduleExpression");
        ScheduleExpressionTimezone = json.Text("ScheduleExpressionTimezone");
        StartDate = json.Time("StartDate");
        State = json.Text("State");
        Target = json.Item<Target>("Target");
    }
}
