using System.Xml.Linq;

namespace Amazon.CloudFormation.Model;

/// <summary>A stack.</summary>
public class Stack : IQueryResponse
{
    /// <summary>Gets or sets the parameters.</summary>
    public List<Parameter> Parameters { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        Parameters = result.Members<Parameter>("Parameters");
    }
}
