using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

/// <summary>Describes a stack.</summary>
public class DescribeStacksRequest : AmazonCloudFormationRequest, IQueryRequest
{
    /// <summary>Gets or sets the name or the id of the stack.</summary>
    public string StackName { get; set; }

    void IQueryRequest.AddTo(ParameterCollection parameters)
    {
        if (StackName is not null)
        {
            parameters.Add("StackName", StackName);
        }
    }
}
