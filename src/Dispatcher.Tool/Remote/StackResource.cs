namespace Dispatcher.Tool.Remote;

/// <summary>A resource of a stack.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="PhysicalId">The name, URL or id that AWS uses.</param>
/// <param name="Type">Its type.</param>
internal sealed record StackResource(string LogicalId, string PhysicalId, string Type);
