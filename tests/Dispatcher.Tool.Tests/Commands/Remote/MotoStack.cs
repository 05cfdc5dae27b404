using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Dispatcher.Cli;
using Dispatcher.Deployment.Generation;
using Dispatcher.LocalServers.Moto;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.Tool.Tests.Commands.Remote;

/// <summary>A stack in moto, deployed from the template that the registered jobs declare. Its function is the test.</summary>
internal sealed class MotoStack
{
    public const string Name = "maintenance";

    /// <summary>What moto's CloudFormation knows; the rest, such as alarms, no command looks up.</summary>
    private static readonly HashSet<string> Types =
    [
        "AWS::DynamoDB::Table", "AWS::Events::Rule", "AWS::Lambda::Function", "AWS::Logs::LogGroup", "AWS::SNS::Topic", "AWS::SQS::Queue",
    ];

    private static readonly ApplicationOptions Options = new() { CodeUri = "src/", Handler = "Dispatcher.Function" };

    private MotoStack(MotoServer server) => (Server, Api) = (server, new MotoApi(server));

    public MotoServer Server { get; }

    public MotoApi Api { get; }

    /// <summary>Gets the environment of a command.</summary>
    public Dictionary<string, string> Variables => new(new LocalEnvironment(Server).Variables) { ["DISPATCH_STACK"] = Name };

    /// <summary>Generates a template, in which the function is one without SAM.</summary>
    public static JsonObject Generate(ApplicationOptions options)
    {
        var folder = Directory.GetCurrentDirectory();
        var template = JsonNode.Parse(TemplateGenerator.Generate(MaintenanceTool.AddJobs, options, folder))!.AsObject();
        var function = template["Resources"]!["DispatcherFunction"]!.AsObject();
        var properties = function["Properties"]!.AsObject();
        function["Type"] = "AWS::Lambda::Function";
        properties["Code"] = new JsonObject { ["ZipFile"] = "none" };
        foreach (var name in (string[])["Transform", "Rules", "Metadata", "Outputs"])
        {
            template.Remove(name);
        }

        foreach (var name in properties.Select(static property => property.Key).ToList())
        {
            if (name is not ("Code" or "Environment" or "Handler" or "Role" or "Runtime"))
            {
                properties.Remove(name);
            }
        }

        return template;
    }

    /// <summary>Deploys the template with some jobs enabled.</summary>
    public static async Task<MotoStack> DeployAsync()
    {
        var stack = new MotoStack(await LocalAws.ResetAsync());
        var template = Generate(Options);
        var resources = template["Resources"]!.AsObject();
        foreach (var (name, resource) in resources.ToList())
        {
            if (!Types.Contains((string)resource!["Type"]!))
            {
                resources.Remove(name);
            }
        }

        resources["DispatcherFunctionRole"] = JsonNode.Parse("""
            {"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}}
            """);
        var parameters = template["Parameters"]!.AsObject().Where(static parameter => parameter.Value!["Default"] is null)
            .ToDictionary(static parameter => parameter.Key, static _ => "x");
        foreach (var name in (string[])["JobQueueEnabled", "DailyUptimeEnabled", "ClaimsReportEnabled", "ChannelBackfillEnabled"])
        {
            parameters[name] = "true";
        }

        parameters["ChannelBackfillEventBusName"] = "default";
        await stack.Api.QueryAsync(
        [
            new("Action", "CreateStack"),
            new("Version", "2010-05-15"),
            new("StackName", Name),
            new("TemplateBody", template.ToJsonString()),
            .. parameters.SelectMany(static (parameter, index) => new KeyValuePair<string, string>[]
            {
                new($"Parameters.member.{index + 1}.ParameterKey", parameter.Key),
                new($"Parameters.member.{index + 1}.ParameterValue", parameter.Value),
            }),
        ]);
        return stack;
    }

    /// <summary>Runs a command.</summary>
    public Task<ProcessResult> RunAsync(params string[] args) => Dispatch.RunAsync(args, environment: Variables);

    /// <summary>Runs a command whose function is a server of the test.</summary>
    public Task<ProcessResult> RunAsync(LoopbackServer function, string input, params string[] args) =>
        Dispatch.RunAsync(args, input, WithFunction(function));

    /// <summary>Runs a command at a terminal, where a person types an answer.</summary>
    public async Task<ProcessResult> TypeAsync(LoopbackServer function, string answer, params string[] args)
    {
        var terminal = new TestTerminal(width: 80, input: answer, isInputTyped: true);
        var result = await Dispatch.RunAsync(args, environment: WithFunction(function), run: (_, words) => terminal.RunAsync(words));
        return new ProcessResult(result.ExitCode, terminal.Out, terminal.Error);
    }

    /// <summary>Finds the rule of a resource.</summary>
    public async Task<JsonElement> RuleAsync(string resource)
    {
        var rules = await Api.CallAsync("events", "AWSEvents.ListRules", []);
        return rules.GetProperty("Rules").EnumerateArray()
            .Single(rule => rule.GetProperty("Name").GetString()!.Contains($"-{resource}-", StringComparison.Ordinal));
    }

    /// <summary>Finds the URL of the queue of a resource.</summary>
    public async Task<string> QueueAsync(string resource)
    {
        using var sqs = Server.CreateSqs();
        return (await sqs.ListQueuesAsync(new ListQueuesRequest { QueueNamePrefix = $"{Name}-{resource}-" })).QueueUrls.Single();
    }

    /// <summary>Sends a message to the queue of a resource.</summary>
    public async Task<string> SendAsync(string resource, string body, Dictionary<string, MessageAttributeValue>? attributes = null)
    {
        using var sqs = Server.CreateSqs();
        var message = new SendMessageRequest(await QueueAsync(resource), body) { MessageAttributes = attributes };
        return (await sqs.SendMessageAsync(message)).MessageId;
    }

    /// <summary>Receives the messages that are visible in the queue of a resource.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(string resource)
    {
        using var sqs = Server.CreateSqs();
        var request = new ReceiveMessageRequest(await QueueAsync(resource)) { MaxNumberOfMessages = 10, VisibilityTimeout = 0 };
        return (await sqs.ReceiveMessageAsync(request)).Messages ?? [];
    }

    private Dictionary<string, string> WithFunction(LoopbackServer function) =>
        new(Variables) { ["AWS_ENDPOINT_URL_LAMBDA"] = function.Url };
}
