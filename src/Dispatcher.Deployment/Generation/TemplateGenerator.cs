using System.Text.Json.Nodes;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Deployment.Generation;

/// <summary>A generator of <c>serverless.template</c> from what the registered jobs declare.</summary>
public static class TemplateGenerator
{
    /// <summary>Generates the template.</summary>
    /// <param name="jobs">Adds the jobs. The template has them in this order.</param>
    /// <param name="options">What the template says beyond the jobs.</param>
    /// <param name="folder">The folder of the template, to which the files of <see cref="ApplicationOptions.Add"/> are relative.</param>
    /// <returns>The text of the template.</returns>
    /// <exception cref="InvalidSourceException">
    /// A declaration is invalid, or a file cannot be read or merged; the message states where, and what to do.
    /// </exception>
    public static string Generate(Action<IDispatcherBuilder> jobs, ApplicationOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);

        var plan = new DeploymentPlan(ReadJobs(jobs), options.UseScheduler ? ExpressionHost.Scheduler : ExpressionHost.Rule);
        var template = Begin(options);
        if (options.UseScheduler)
        {
            Merge(template, "scheduler");
        }

        var sections = new JobSections(template, plan, options);
        sections.Add();
        foreach (var part in (string[])["job-queue", "network", "history"])
        {
            MergeOptional(template, part, options);
        }

        AddAlarms(template, plan, sections, options);
        AddDashboard(template, options);
        Merge(template, "metrics");
        string[] generated = [.. template.Conditions.Select(condition => condition.Key)];
        var fragments = new List<(string File, JsonObject Content)>();
        foreach (var file in options.Add)
        {
            var fragment = FragmentReader.Read(Path.Combine(folder, file));
            template.Merge(fragment, file);
            fragments.Add((file, fragment));
        }

        UndeliveredEvents.AddSources(template);
        UnusedConditions.Remove(template, generated);
        FragmentNames.Check(template, fragments);
        if (options.UseSnapStart)
        {
            SnapStartAlias.Add(template);
        }

        template.Arrange();
        return TemplateWriter.Write(template.Root);
    }

    private static IReadOnlyList<JobDescriptor> ReadJobs(Action<IDispatcherBuilder> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        add(services.AddMaintenanceDispatcher());
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<JobDescriptor>()];
    }

    private static GeneratedTemplate Begin(ApplicationOptions options)
    {
        var template = new GeneratedTemplate();
        template.Root["AWSTemplateFormatVersion"] = "2010-09-09";
        template.Root["Transform"] = "AWS::Serverless-2016-10-31";
        template.Root["Description"] = options.Description;
        template.Root["Metadata"] = new JsonObject { [ApplicationOptions.MetadataName] = options.ToMetadata() };
        Merge(template, "function");
        var function = template.Properties(GeneratedNames.Function);
        function["CodeUri"] = options.CodeUri;
        function["Handler"] = options.Handler;
        MergeOptional(template, "tracing", options);
        return template;
    }

    private static void AddAlarms(
        GeneratedTemplate template, DeploymentPlan plan, JobSections sections, ApplicationOptions options)
    {
        if (!options.Has("alarms"))
        {
            return;
        }

        Merge(template, "alarms");
        sections.AddAlarmParameters();
        if (options.Has("job-queue"))
        {
            Merge(template, "job-queue-alarm");
        }

        if (options.Has("history"))
        {
            new WatchResources(template).Add(plan);
        }

        new AlarmText(options.Tool).Complete(template);
    }

    private static void AddDashboard(GeneratedTemplate template, ApplicationOptions options)
    {
        MergeOptional(template, "dashboard", options);
        if (options.Has("dashboard") && !options.Has("job-queue"))
        {
            var lines = (JsonArray)template.Properties("Dashboard")["DashboardBody"]!["Fn::Join"]![1]!;
            lines.Remove(lines.Single(line => (string?)(line as JsonObject)?["Fn::If"]?[0] == "ReadJobQueue"));
        }
    }

    private static void MergeOptional(GeneratedTemplate template, string part, ApplicationOptions options)
    {
        if (options.Has(part))
        {
            Merge(template, part);
        }
    }

    private static void Merge(GeneratedTemplate template, string part) => template.Merge(TemplatePart.Read(part), part);
}
