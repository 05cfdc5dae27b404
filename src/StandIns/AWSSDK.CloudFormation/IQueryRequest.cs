using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation;

/// <summary>A request that writes the parameters that are set.</summary>
internal interface IQueryRequest
{
    /// <summary>Adds the parameters.</summary>
    void AddTo(ParameterCollection parameters);
}
