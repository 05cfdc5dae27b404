using System.Text;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Remote;

/// <summary>A deployed stack: its resources, and the template that they were made from.</summary>
internal sealed class RemoteStack
{
    private const string FunctionType = "AWS::Lambda::Function";

    private readonly IAmazonCloudFormation _client;
    private readonly Dictionary<string, StackResource> _resources;

    private RemoteStack(IAmazonCloudFormation client, string name, Dictionary<string, StackResource> resources) =>
        (_client, Name, _resources) = (client, name, resources);

    /// <summary>Gets the name of the stack.</summary>
    public string Name { get; }

    /// <summary>Reads the resources of a stack.</summary>
    /// <param name="client">The client of CloudFormation.</param>
    /// <param name="name">The name or the id of the stack.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The stack.</returns>
    /// <exception cref="BadInputException">The stack does not exist.</exception>
    public static async Task<RemoteStack> ReadAsync(IAmazonCloudFormation client, string name, CancellationToken cancellationToken)
    {
        var resources = new Dictionary<string, StackResource>(StringComparer.Ordinal);
        string? next = null;
        try
        {
            do
            {
                var page = await client.ListStackResourcesAsync(
                    new ListStackResourcesRequest { StackName = name, NextToken = next }, cancellationToken);
                foreach (var found in page.StackResourceSummaries ?? [])
                {
                    // A resource whose creation failed has no physical id.
                    if (found is { LogicalResourceId.Length: > 0, PhysicalResourceId.Length: > 0 })
                    {
                        resources[found.LogicalResourceId] = new StackResource(
                            found.LogicalResourceId, found.PhysicalResourceId, found.ResourceType);
                    }
                }

                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));
        }
        catch (AmazonCloudFormationException exception) when (
            exception.ErrorCode == "ValidationError" && exception.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            throw new BadInputException(
                $"There is no stack '{name}' in this account and region. Check --stack, AWS_REGION and AWS_PROFILE.");
        }

        return new RemoteStack(client, name, resources);
    }

    /// <summary>Finds a resource.</summary>
    /// <param name="logicalId">Its name in the template.</param>
    /// <returns>The resource, or <see langword="null"/> if the stack has none.</returns>
    public StackResource? Find(string logicalId) => _resources.GetValueOrDefault(logicalId);

    /// <summary>Gets the name of the function: the one of a generated template, or the only function of another one.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="BadInputException">The stack has no such function, or several.</exception>
    public string GetFunction()
    {
        if (Find(StackIds.Function) is { Type: FunctionType } own)
        {
            return own.PhysicalId;
        }

        var functions = _resources.Values.Where(static resource => resource.Type == FunctionType)
            .Select(static resource => resource.PhysicalId).Order(StringComparer.Ordinal).ToList();
        return functions is [var only] ? only : throw new BadInputException(
            $"The stack '{Name}' has no function {StackIds.Function}"
            + (functions.Count == 0 ? ". Name another stack." : $", and several others: {string.Join(", ", functions)}."));
    }

    /// <summary>Gets what to invoke: the alias, to which all triggers of a template with SnapStart lead, or else the function.</summary>
    /// <returns>The ARN of the alias, or the name of the function.</returns>
    /// <exception cref="BadInputException">The stack has no such function, or several.</exception>
    public string GetInvocationTarget() => Find(StackIds.Alias)?.PhysicalId ?? GetFunction();

    /// <summary>Gets the name of the log group of the function.</summary>
    /// <returns>The log group of the template, or the one that Lambda creates by default.</returns>
    public string GetLogGroup() => Find(StackIds.LogGroup)?.PhysicalId ?? $"/aws/lambda/{GetFunction()}";

    /// <summary>Inspects the template that the stack was deployed from, with the values of its parameters.</summary>
    /// <param name="jobs">Registers the jobs that the function runs.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The inspection.</returns>
    public async Task<TemplateInspection> InspectAsync(
        Action<IDispatcherBuilder> jobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Some tools deploy YAML; after its transform, CloudFormation has the template as JSON.
        var template = await _client.GetTemplateAsync(
            new GetTemplateRequest { StackName = Name, TemplateStage = TemplateStage.Processed }, cancellationToken);
        var stacks = await _client.DescribeStacksAsync(new DescribeStacksRequest { StackName = Name }, cancellationToken);
        var parameters = (stacks.Stacks.FirstOrDefault()?.Parameters ?? []).ToDictionary(
            static parameter => parameter.ParameterKey, static parameter => parameter.ParameterValue ?? string.Empty);
        var path = $"stack {Name}";
        return TemplateInspection.Inspect(
            TemplateFile.Parse(Encoding.UTF8.GetBytes(template.TemplateBody), path), path, parameters, now, jobs);
    }
}
