using System.Xml.Linq;
using Amazon.Runtime;
namespace Amazon.CloudFormation.Model;

/// <summary>Holds one page of resources.</summary>
public class ListStackResourcesResponse : AmazonWebServiceResponse, IQueryResponse
{
    /// <summary>Gets or sets the token of the next page; null after the last one.</summary>
    public string NextToken { get; set; }

    /// <summary>Gets or sets the resources.</summary>
    public List<StackResourceSummary> StackResourceSummaries { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        NextToken = result.Text("NextToken");
        StackResourceSummaries = result.Members<StackResourceSummary>("StackResourceSummaries");
    }
}
