using System.Text.Json.Serialization;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>Parameters of a consumer's job.</summary>
public sealed record RotateLogsParameters
{
    [FromConfiguration("LOG_FOLDER")]
    [System.ComponentModel.Description("The folder of the logs.")]
    public string Folder { get; set; } = "logs";

    [System.ComponentModel.DataAnnotations.Range(1, 365)]
    public int OlderThanDays { get; set; } = 30;

    [JsonConverter(typeof(CamelCaseEnumConverter<RotateMode>))]
    public RotateMode Mode { get; set; } = RotateMode.Archive;

    public bool Compress { get; set; }
}
