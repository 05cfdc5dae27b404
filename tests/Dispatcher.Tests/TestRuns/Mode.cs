using System.Text.Json.Serialization;

namespace Dispatcher.Tests.TestRuns;

[JsonConverter(typeof(CamelCaseEnumConverter<Mode>))]
public enum Mode
{
    Report,
    DeleteAll,
}
