using System.Buffers;
using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Scheduler.Model;

/// <summary>Replaces a schedule: what is not set becomes the default.</summary>
public class UpdateScheduleRequest : AmazonSchedulerRequest, IRestRequest
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

    void IRestRequest.Fill(DefaultRequest request)
    {
        request.HttpMethod = "PUT";
        request.ResourcePath = "/schedules/{Name}";
        request.AddPathResource(
            "{Name}", Name ?? throw new AmazonSchedulerException("Request object does not have required field Name set"));
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.Put("ActionAfterCompletion", ActionAfterCompletion?.Value);
            json.Put("ClientToken", Guid.NewGuid().ToString());
            json.Put("Description", Description);
            json.Put("EndDate", EndDate);
            json.Put("FlexibleTimeWindow", FlexibleTimeWindow);
            json.Put("GroupName", GroupName);
            json.Put("KmsKeyArn", KmsKeyArn);
            json.Put("ScheduleExpression", ScheduleExpression);
            json.Put("ScheduleExpressionTimezone", ScheduleExpressionTimezone);
            json.Put("StartDate", StartDate);
            json.Put("State", State?.Value);
            json.Put("Target", Target);
            json.WriteEndObject();
        }

        request.Content = body.WrittenSpan.ToArray();
    }
}
