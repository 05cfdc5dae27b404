#nullable enable
using Amazon.Runtime.Internal;

namespace Amazon.StandIns;

/// <summary>Names the service to the SDK's pipeline.</summary>
internal sealed class StandInMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
