using System.Text;
using System.Text.RegularExpressions;
using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.StandIns.Tests.Servers;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.StandIns.Tests.Ecs;

[Category("Integration")]
public sealed partial class AmazonECSMotoTests
{
    [Test]
    public async Task Task_Moto_RunsAndStops()
    {
        await using var moto = await MotoServer.StartAsync();
        var subnets = await PostAsync(moto, "ec2", new FormUrlEncodedContent(new Dictionary<string, string> { ["Action"] = "DescribeSubnets", ["Version"] = "2016-11-15" }));
        await PrepareAsync(moto, "CreateCluster", """{"clusterName":"jobs"}""");
        await PrepareAsync(moto, "RegisterTaskDefinition", """
            {"family":"dispatch","networkMode":"awsvpc","cpu":"256","memory":"512","requiresCompatibilities":["FARGATE"],
             "containerDefinitions":[{"name":"app","image":"dispatch","cpu":256,"memory":512}]}
            """);
        using var client = new AmazonECSClient("key", "secret", new AmazonECSConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });

        var started = await client.RunTaskAsync(new RunTaskRequest
        {
            Cluster = "jobs",
            TaskDefinition = "dispatch",
            LaunchType = LaunchType.FARGATE,
            StartedBy = "test",

            // moto wants the security groups to be there, even if there are none.
            NetworkConfiguration = new NetworkConfiguration { AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = [Subnet().Match(subnets).Value], SecurityGroups = [] } },
        });
        var arn = started.Tasks.Single().TaskArn;
        var listed = await client.ListTasksAsync(new ListTasksRequest { Cluster = "jobs" });
        var described = await client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "jobs", Tasks = [arn] });
        var stopped = await client.StopTaskAsync(new StopTaskRequest { Cluster = "jobs", Task = arn, Reason = "done" });

        Assert.That(listed.TaskArns, Is.EqualTo(new[] { arn }));
        Assert.That(described.Tasks.Single().StartedBy, Is.EqualTo("test"));
        Assert.That(stopped.Task.StoppedReason, Is.EqualTo("done"));
        Assert.That(async () => await client.ListTasksAsync(new ListTasksRequest { Cluster = "none" }), Throws.TypeOf<ClusterNotFoundException>());
    }

    // The stand-in offers what the dispatcher calls; clusters and task definitions are made elsewhere.
    private static async Task PrepareAsync(MotoServer moto, string operation, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerServiceV20141113.{operation}");
        await PostAsync(moto, "ecs", content);
    }

    private static async System.Threading.Tasks.Task<string> PostAsync(MotoServer moto, string service, HttpContent content)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(moto.Url)) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    [GeneratedRegex("subnet-[0-9a-f]+")]
    private static partial Regex Subnet();
}
