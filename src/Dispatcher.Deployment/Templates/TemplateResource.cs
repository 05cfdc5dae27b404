using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Templates;

/// <summary>A resource of a template, with its functions evaluated.</summary>
/// <param name="Name">The logical id.</param>
/// <param name="Type">Its type: <c>AWS::Events::Rule</c>.</param>
/// <param name="Condition">The condition under which it is deployed, if any.</param>
/// <param name="IsDeployed">Whether that condition holds; <see langword="null"/> if only a deployment knows.</param>
/// <param name="Properties">Its properties.</param>
internal sealed record TemplateResource(string Name, string Type, string? Condition, bool? IsDeployed, JsonObject Properties);
