namespace Dispatcher.Jobs.Ssm;

/// <summary>What a deployment of <c>ssm-run-command</c> needs.</summary>
public static class SsmDeploymentExtensions
{
    /// <summary>The name of the tag whose value selects the instances of a profile.</summary>
    /// <remarks>It is fixed because a policy's condition names it, where a template cannot use a parameter.</remarks>
    public const string TagName = "maintenance";

    private const string Document = "AWS-RunShellScript";

    /// <summary>Declares the settings of a profile that runs a shell command on tagged instances, and the permissions for it.</summary>
    /// <param name="deploy">The deployment.</param>
    /// <param name="profile">The name of the profile in settings: <c>uptime</c>.</param>
    /// <param name="prefix">What the names of the template's parameters begin with.</param>
    /// <returns>The deployment.</returns>
    public static JobDeployment RunSsmCommand(this JobDeployment deploy, string profile, string prefix)
    {
        ArgumentNullException.ThrowIfNull(deploy);
        var settings = $"{CommandProfile.Section}__{profile}__";
        return deploy
            .SettingText($"{settings}Document", Document)
            .Setting($"{settings}Commands", $"{prefix}Line", line => line
                .Text(string.Empty)
                .Describe("The command line, which runs as root on each instance. Not a secret: Systems Manager keeps it."))
            .SettingText($"{settings}Targets__0__Key", $"tag:{TagName}")
            .Setting($"{settings}Targets__0__Values__0", $"{prefix}Tag", tag => tag
                .Text(string.Empty, "[^*,]{0,256}")
                .Describe($"The value of the tag {TagName}: the command runs on the instances that have it."))
            .SettingText($"{settings}WaitForOutcome", "true")
            .Require($"{prefix}Line")
            .Require($"{prefix}Tag")
            .Allow(new JobPermission($"arn:${{AWS::Partition}}:ssm:${{AWS::Region}}::document/{Document}", "ssm:SendCommand")
            {
                Sid = "RunDocument",
            })
            .Allow(new JobPermission("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*", "ssm:SendCommand")
            {
                Sid = "OnTaggedInstances",
                Conditions = [new JobPermissionCondition("StringEquals", $"ssm:resourceTag/{TagName}", $"${{{prefix}Tag}}")],
            })
            .Allow(new JobPermission("*", "ssm:ListCommands", "ssm:ListCommandInvocations", "ssm:DescribeInstanceInformation")
            {
                Sid = "FindCommandsAndInstances",
            });
    }
}
