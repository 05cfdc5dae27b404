namespace Dispatcher.Deployment.Templates;

/// <summary>A name that a template uses and does not define.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">The place that uses it, without functions and positions in lists: <c>Resources.A.Properties.B</c>.</param>
/// <param name="Steps">The keys and positions that lead to the function that uses it.</param>
/// <param name="Known">The names that the place could use.</param>
internal sealed record UndefinedName(string Name, string Place, IReadOnlyList<string> Steps, IReadOnlyList<string> Known);
