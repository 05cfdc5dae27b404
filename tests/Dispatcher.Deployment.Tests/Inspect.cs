using System.Text.Json;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Function;

namespace Dispatcher.Deployment.Tests;

/// <summary>Looks templates through for tests, at noon (UTC) on Sunday, 2026-11-22.</summary>
internal static class Inspect
{
    public const string Function = """
        "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":300,
          "Environment":{"Variables":{"TABLE_NAME":"UploadSessions","BUCKET":"uploads","CELERY_QUEUE_URL":{"Ref":"Open"}}}}}
        """;

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Looks through a template of a dispatcher and some more resources.</summary>
    public static TemplateInspection Resources(string resources, params string[] parameters) => Template(
        $$$"""{"Parameters":{"Open":{"Type":"String"}},"Resources":{ {{{Function}}},"Queue":{"Type":"AWS::SQS::Queue"},"Bus":{"Type":"AWS::Events::EventBus"}{{{(resources.Length > 0 ? "," : "")}}}{{{resources}}} }}""",
        parameters);

    /// <summary>Looks through a template with one rule for the dispatcher.</summary>
    public static TemplateInspection Rule(string properties, string target = "\"Input\":\"{\\\"job\\\":\\\"video-upload-cleanup\\\"}\"") =>
        Resources(RuleNamed("Rule", properties, target));

    public static string RuleNamed(
        string name, string properties, string target = "\"Input\":\"{\\\"job\\\":\\\"video-upload-cleanup\\\"}\"") =>
        $$$$"""
        "{{{{name}}}}":{"Type":"AWS::Events::Rule","Properties":{ {{{{properties}}}},
          "Targets":[{"Id":"dispatcher","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]}{{{{(target.Length > 0 ? "," : "")}}}}{{{{target}}}} }]}}
        """;

    public static TemplateInspection Template(string json, params string[] parameters) => TemplateInspection.Inspect(
        JsonElement.Parse(json),
        "serverless.template.of.a.test",
        parameters.Select(parameter => parameter.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
        Now,
        AddJobs);

    public static void AddJobs(IDispatcherBuilder builder) => builder.AddMaintenanceJobs();

    public static string[] Problems(TemplateInspection inspection) =>
    [
        .. inspection.Findings.Where(finding => finding.Severity != Severity.Note)
            .Select(finding => $"{finding.Severity} {finding.Resource}: {finding.Message}"),
    ];
}
