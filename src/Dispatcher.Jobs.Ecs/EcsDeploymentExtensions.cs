namespace Dispatcher.Jobs.Ecs;

/// <summary>What a deployment of <c>ecs-run-task</c> needs.</summary>
public static class EcsDeploymentExtensions
{
    private const string Account = "${AWS::Region}:${AWS::AccountId}";
    private const string Cluster = "arn:${AWS::Partition}:ecs:" + Account + ":cluster/${EcsCluster}";
    private const string HasSecurityGroups = "GiveEcsSecurityGroups";

    /// <summary>Declares the settings of a profile that runs on Fargate, and the permissions to start and watch its tasks.</summary>
    /// <param name="deploy">The deployment.</param>
    /// <param name="profile">The name of the profile in settings: <c>claims_report</c>.</param>
    /// <param name="parameter">The parameter of the template that names the task definition.</param>
    /// <param name="byDefault">The default task definition.</param>
    /// <returns>The deployment.</returns>
    public static JobDeployment RunEcsTask(this JobDeployment deploy, string profile, string parameter, string byDefault)
    {
        ArgumentNullException.ThrowIfNull(deploy);
        var settings = $"EcsTasks__{profile}__";
        return deploy
            .SettingText($"{settings}Cluster", "${EcsCluster}")
            .Setting($"{settings}TaskDefinition", parameter, definition => definition
                .Text(byDefault, "[A-Za-z0-9_-]{1,255}")
                .Describe("The family of the task definition, without a revision: the newest runs."))
            .SettingText($"{settings}LaunchType", "FARGATE")
            .SettingText($"{settings}Subnets", "${EcsSubnetIds}")
            .SettingText($"{settings}SecurityGroups", "${EcsSecurityGroupIds}", when: HasSecurityGroups)
            .SettingText($"{settings}AssignPublicIp", "${EcsAssignPublicIp}")
            .Share("EcsTasks", DeclarePlace, condition: "RunEcsTasks")
            .Allow(InCluster(
                $"arn:${{AWS::Partition}}:ecs:{Account}:task-definition/${{{parameter}}}:*", "ecs:RunTask", "StartTask"))
            .Allow(InCluster("*", "ecs:ListTasks", "FindStartedTasks"))
            .Allow(new JobPermission($"arn:${{AWS::Partition}}:ecs:{Account}:task/${{EcsCluster}}/*", "ecs:DescribeTasks")
            {
                Sid = "WaitForTasks",
            })
            .Allow(new JobPermission("*", "ecs:DescribeTaskDefinition") { Sid = "FindEssentialContainers" })
            .Allow(new JobPermission("${EcsRoleArns}", "iam:PassRole")
            {
                Sid = "PassRoles",
                Conditions = [new JobPermissionCondition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
            });
    }

    private static JobPermission InCluster(string resource, string action, string sid) => new(resource, action)
    {
        Sid = sid, Conditions = [new JobPermissionCondition("ArnEquals", "ecs:cluster", Cluster)],
    };

    private static void DeclarePlace(JobDeployment place) => place
        .Label("Where ECS tasks run")
        .Parameter("EcsCluster", parameter => parameter
            .Text("default", "[A-Za-z0-9_-]{1,255}")
            .Describe("The cluster's name."))
        .Parameter("EcsSubnetIds", parameter => parameter
            .Text(string.Empty, "(subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*)?")
            .Describe("The subnets of the tasks, between commas."))
        .Parameter("EcsSecurityGroupIds", parameter => parameter
            .Text(string.Empty, "(sg-[0-9a-f]+(,sg-[0-9a-f]+)*)?")
            .Describe("The security groups of the tasks, between commas. Empty: the default group of the VPC."))
        .Parameter("EcsAssignPublicIp", parameter => parameter
            .OneOf("false", "true")
            .Describe("Whether tasks get a public address. In a public subnet they cannot pull their image without one."))
        .Parameter("EcsRoleArns", parameter => parameter
            .List("(arn:aws[a-z-]*:iam::[0-9]{12}:role/[^, ]+(,arn:aws[a-z-]*:iam::[0-9]{12}:role/[^, ]+)*)?")
            .Describe("The task roles and execution roles that the task definitions name, between commas."))
        .Condition(HasSecurityGroups, "EcsSecurityGroupIds")
        .Require("EcsSubnetIds")
        .Require("EcsRoleArns");
}
