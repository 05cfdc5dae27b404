#nullable enable
using Amazon.Runtime.Internal;

namespace Amazon.StandIns;

/// <summary>A request that is more than a body: its method, its path, its query and its headers.</summary>
internal interface IRestRequest
{
    /// <summary>Fills in the request.</summary>
    void Fill(DefaultRequest request);
}
