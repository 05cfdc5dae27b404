#nullable enable
using Amazon.Runtime.Internal.Transform;

namespace Amazon.StandIns;

/// <summary>A response whose body is not JSON of the service, and whose members are in headers.</summary>
internal interface IRawResponse
{
    /// <summary>Reads the headers and the body.</summary>
    void Read(IWebResponseData headers, byte[] body);
}
