using System.Xml.Linq;
using Amazon.Runtime;
namespace Amazon.CloudFormation.Model;

/// <summary>Holds the template.</summary>
public class GetTemplateResponse : AmazonWebServiceResponse, IQueryResponse
{
    /// <summary>Gets or sets the text of the template.</summary>
    public string TemplateBody { get; set; }

    void IQueryResponse.Read(XElement result)
    {
        TemplateBody = result.Text("TemplateBody");
    }
}
