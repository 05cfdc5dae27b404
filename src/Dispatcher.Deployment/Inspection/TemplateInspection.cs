using System.Text.Json;
using Dispatcher.Deployment.Payloads;
using Dispatcher.Deployment.Templates;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Inspection;

/// <summary>The result of inspecting a template: which trigger starts which job, and everything that is wrong with it.</summary>
public sealed class TemplateInspection
{
    private TemplateInspection(
        IReadOnlyList<JobTrigger> jobs, IReadOnlyList<DispatcherFunction> functions, FindingCollection findings)
    {
        Jobs = jobs;
        Functions = functions;
        Findings = findings;
    }

    /// <summary>Gets the triggers with their jobs, including those that are not deployed.</summary>
    public IReadOnlyList<JobTrigger> Jobs { get; }

    /// <summary>Gets the functions that run the dispatcher.</summary>
    public IReadOnlyList<DispatcherFunction> Functions { get; }

    /// <summary>Gets the findings; later checks add to them.</summary>
    public FindingCollection Findings { get; }

    /// <summary>Inspects a template. Runs nothing and connects to nothing.</summary>
    /// <param name="source">The template.</param>
    /// <param name="path">Its path; deployment defaults are read from the same folder.</param>
    /// <param name="parameters">Values of its parameters.</param>
    /// <param name="now">The current time.</param>
    /// <param name="addJobs">Registers the jobs that the functions run.</param>
    /// <returns>The inspection.</returns>
    /// <exception cref="InvalidSourceException">A value is given for a parameter that does not exist.</exception>
    public static TemplateInspection Inspect(
        JsonElement source,
        string path,
        IReadOnlyDictionary<string, string> parameters,
        DateTimeOffset now,
        Action<IDispatcherBuilder> addJobs) =>
        Inspect(source, path, new InspectionOptions { Parameters = parameters }, now, addJobs);

    /// <summary>Inspects a template. Runs nothing and connects to nothing.</summary>
    /// <param name="source">The template.</param>
    /// <param name="path">Its path; deployment defaults are read from the same folder.</param>
    /// <param name="options">What is known about its deployment.</param>
    /// <param name="now">The current time.</param>
    /// <param name="addJobs">Registers the jobs that the functions run.</param>
    /// <returns>The inspection.</returns>
    /// <exception cref="InvalidSourceException">
    /// A value is given for a parameter that does not exist, or the named function does not exist.
    /// </exception>
    public static TemplateInspection Inspect(
        JsonElement source, string path, InspectionOptions options, DateTimeOffset now, Action<IDispatcherBuilder> addJobs)
    {
        var findings = new FindingCollection();
        var beside = TemplateDefaults.Beside(path);
        var defaults = beside with { Region = options.Region ?? beside.Region, Account = options.Account };
        var template = new Template(source, options.Parameters, defaults, findings);
        template.CheckRules();
        var triggers = new TriggerReader(findings).Read(template);
        var functions = DispatcherFunction.FindAll(template, triggers, options.Function);
        if (functions.Count == 0)
        {
            findings.Note(
                "Resources",
                "No function of this template can be the dispatcher, so no input is checked. If one is, name it: --function NAME.");
        }

        var payloads =
            functions.ToDictionary(function => function, function => PayloadValidator.ForEnvironment(function.Environment, addJobs));
        try
        {
            foreach (var (function, problem) in payloads.SelectMany(
                entry => entry.Value.StartProblems.Select(problem => (entry.Key, problem))))
            {
                findings.Error(function.Resource, problem);
            }

            var check = new TriggerValidator(template, functions, payloads, now, findings);
            List<JobTrigger> jobs = [.. triggers.SelectMany(check.Check)];
            new DuplicateValidator(now, findings).Check(jobs);
            return new TemplateInspection(jobs, functions, findings);
        }
        finally
        {
            foreach (var payload in payloads.Values)
            {
                payload.Dispose();
            }
        }
    }
}
