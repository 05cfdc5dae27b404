using Amazon.Runtime.Internal;

namespace Amazon.CloudFormation.Model;

/// <summary>Reads the template of a stack.</summary>
public class GetTemplateRequest : AmazonCloudFormationRequest, IQueryRequest
{
    /// <summary>Gets or sets the name or the id of the stack.</summary>
    public string StackName { get; set; }

    /// <summary>Gets or sets whether to read the template before or after its transforms.</summary>
    public TemplateStage TemplateStage { get; set; }

    void IQueryRequest.AddTo(ParameterCollection parameters)
    {
        if (StackName is not null)
        {
            parameters.Add("StackName", StackName);
        }

        if (TemplateStage is not null)
        {
            parameters.Add("TemplateStage", TemplateStage.Value);
        }
    }
}
