using System.Text.Json.Serialization;

namespace Dispatcher.StandIns.Tests.Serialization;

[JsonSerializable(typeof(SampleEvent))]
internal sealed partial class SampleContext : JsonSerializerContext;
