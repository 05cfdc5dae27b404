using System.Xml.Linq;

namespace Amazon.CloudFormation.Model;

/// <summary>The value of a parameter.</summary>
public class Parameter : IQueryResponse
{
    /// <summary>Gets or sets the name.</summary>
    public string ParameterKey { get; set; }

    /// <summary>Gets or sets the value.</summary>
    public string ParameterValue { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        ParameterKey = result.Text("ParameterKey");
        ParameterValue = result.Text("ParameterValue");
    }
}
