namespace Dispatcher.Testing.Aws;

/// <summary>An action that a deployment of a job allows, on resources whose parameters have values.</summary>
/// <param name="Action">The action, which may have wildcards.</param>
/// <param name="Declared">The resources as the registration declares them.</param>
/// <param name="Resources">The resources with the values of the parameters.</param>
internal sealed record DeclaredPermission(string Action, IReadOnlyList<string> Declared, IReadOnlyList<string> Resources)
{
    /// <summary>Gets a text that is the same for the same declaration, whatever the values of the parameters.</summary>
    public string Key => $"{Action} on {string.Join(", ", Declared)}";

    public bool Covers(AwsPermission needed) =>
        IamPattern.CoversAction(Action, needed.Action) && CoversResource(needed.Resource);

    public bool CoversResource(string? resource) => Resources.Any(pattern => IamPattern.CoversResource(pattern, resource));

    /// <summary>Determines whether it is of the service of an action, so that the action could be added to it.</summary>
    public bool HasServiceOf(string action) => Action.Split(':')[0] == action.Split(':')[0];
}
