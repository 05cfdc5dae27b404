using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The list of the instances that a dry run finds, and what would prevent the command on them.</summary>
internal static class InstanceCheck
{
    private const int MaxShown = 10;

    /// <summary>Describes the instances with their ping status.</summary>
    /// <exception cref="PermanentJobException">Systems Manager does not know an instance that the parameters name.</exception>
    public static string Describe(SsmRunCommandParameters parameters, IReadOnlyList<InstanceInformation> instances)
    {
        var missing = (parameters.InstanceIds ?? []).Except(instances.Select(instance => instance.InstanceId)).ToList();
        if (missing.Count > 0)
        {
            throw new PermanentJobException(
                $"Systems Manager does not manage {string.Join(", ", missing)}. Check the region, that the instance runs with the agent, "
                + "and that its profile allows AmazonSSMManagedInstanceCore.");
        }

        if (instances.Count == 0)
        {
            return "No managed instance has the tag: the command would reach none.";
        }

        var shown = string.Join(", ", instances.Take(MaxShown).Select(Describe));
        var more = instances.Count > MaxShown ? $" and {instances.Count - MaxShown} more" : string.Empty;
        var offline = instances.Count(instance => instance.PingStatus != PingStatus.Online);
        var warning = offline == 0 ? string.Empty
            : $" Warning: {offline} of {instances.Count} {(offline == 1 ? "does" : "do")} not answer at the moment.";
        return $"Instances: {shown}{more}.{warning}";
    }

    private static string Describe(InstanceInformation instance)
    {
        var name = string.IsNullOrEmpty(instance.ComputerName) ? string.Empty : $" {SsmText.Printable(instance.ComputerName)}";
        var platform = string.IsNullOrEmpty(instance.PlatformName) ? string.Empty : $", {SsmText.Printable(instance.PlatformName)}";
        return $"{SsmText.Printable(instance.InstanceId)}{name} ({SsmText.Printable(instance.PingStatus?.Value)}{platform})";
    }
}
