using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

/// <summary>Lists the resources of a stack.</summary>
public class ListStackResourcesRequest : AmazonCloudFormationRequest, IQueryRequest
{
    /// <summary>Gets or sets the token of the page.</summary>
    public string NextToken { get; set; }

    /// <summary>Gets or sets the name or the id of the stack.</summary>
    public string StackName { get; set; }

    void IQueryRequest.AddTo(ParameterCollection parameters)
    {
        if (NextToken is not null)
        {
            parameters.Add("NextToken", NextToken);
        }

        if (StackName is not null)
        {
            parameters.Add("StackName", StackName);
        }
    }
}
