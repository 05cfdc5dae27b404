using Dispatcher.Hosting;

namespace Dispatcher.Testing.Aws;

/// <summary>Functions that read what the registration of a job allows.</summary>
internal static class DeclaredPermissions
{
    /// <summary>Reads the permissions of a job's deployments, with the values of their parameters.</summary>
    /// <param name="job">The job.</param>
    /// <param name="deployment">The name of the only deployment to read; <see langword="null"/>: all of them.</param>
    /// <param name="values">The values of the parameters.</param>
    /// <returns>The permissions that are granted with these values.</returns>
    public static IReadOnlyList<DeclaredPermission> Read(JobDescriptor job, string? deployment, TemplateValues values)
    {
        var all = job.DescribeDeployments();
        var deployments = all.Where(described => deployment is null || described.Name == deployment).ToList();
        if (deployments.Count == 0 && deployment is not null)
        {
            throw new JobContractException(
                $"Job '{job.Name}' has no deployment '{deployment}'. "
                    + $"It has: {string.Join(", ", all.Select(described => described.Name))}.");
        }

        return [.. deployments.SelectMany(described => described.Shared.Prepend<DeploymentNeeds>(described))
            .SelectMany(needs => Read(needs, values))];
    }

    /// <summary>Adds the values of the parameters of all of a job's deployments.</summary>
    public static TemplateValues ReadValues(JobDescriptor job, TemplateValues values) =>
        job.DescribeDeployments().SelectMany(static described => described.Shared.Prepend<DeploymentNeeds>(described))
            .Aggregate(values, static (known, needs) => known.With(needs));

    private static IEnumerable<DeclaredPermission> Read(DeploymentNeeds needs, TemplateValues given)
    {
        var values = given.With(needs);
        return
            from permission in needs.Permissions
            where IsMet(permission.When, needs, values) is not false && IsMet(permission.Unless, needs, values) is not true
            let resources = permission.Resources.SelectMany(values.Resolve).ToList()
            from action in permission.Actions
            select new DeclaredPermission(action, permission.Resources, resources);
    }

    private static bool? IsMet(string? condition, DeploymentNeeds needs, TemplateValues values)
    {
        if (needs.Conditions.FirstOrDefault(declared => declared.Name == condition) is not { } declared)
        {
            return null;
        }

        var value = values.ValueOf(declared.Parameter) ?? string.Empty;
        return declared.Value is null ? value.Length > 0 : value == declared.Value;
    }
}
