using System.Text.Json.Serialization;
using Dispatcher.Parameters;

namespace Dispatcher.Tests.TestRuns;

[JsonConverter(typeof(CamelCaseEnumConverter<Mode>))]
public enum Mode
{
    Report,
    DeleteAll,
}
