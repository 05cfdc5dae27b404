using System.Xml.Linq;

namespace Amazon.CloudFormation.Model;

/// <summary>A resource of a stack.</summary>
public class StackResourceSummary : IQueryResponse
{
    /// <summary>Gets or sets the name in the template.</summary>
    public string LogicalResourceId { get; set; }

    /// <summary>Gets or sets the name or the id of what it stands for.</summary>
    public string PhysicalResourceId { get; set; }

    /// <summary>Gets or sets the type.</summary>
    public string ResourceType { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        LogicalResourceId = result.Text("LogicalResourceId");
        PhysicalResourceId = result.Text("PhysicalResourceId");
        ResourceType = result.Text("ResourceType");
    }
}
