using System.Xml.Linq;
using Amazon.Runtime;
namespace Amazon.CloudFormation.Model;

/// <summary>Holds the stacks.</summary>
public class DescribeStacksResponse : AmazonWebServiceResponse, IQueryResponse
{
    /// <summary>Gets or sets the stacks.</summary>
    public List<Stack> Stacks { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        Stacks = result.Members<Stack>("Stacks");
    }
}
