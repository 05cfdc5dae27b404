namespace Dispatcher.Function.Tests.Template;

/// <summary>A way to deploy the template.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Parameters">The parameters that are given, as <c>NAME=VALUE</c>.</param>
/// <param name="Resources">What it deploys beyond <see cref="Variants.Basis"/>; empty where no test asks.</param>
internal sealed record Variant(string Name, string[] Parameters, string[] Resources)
{
    public override string ToString() => Name;
}
