using System.Text.Json;
using Dispatcher.Deployment.Payloads;
using Dispatcher.Deployment.Templates;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Inspection;

/// <summary>Is a template that was looked through: what starts which job, and everything that is wrong with it.</summary>
internal sealed class TemplateInspection
{
    private TemplateInspection(
        IReadOnlyList<JobTrigger> jobs, IReadOnlyList<DispatcherFunction> functions, Findings findings)
    {
        Jobs = jobs;
        Functions = functions;
        Findings = findings;
    }

    /// <summary>Gets what starts jobs, also what is not deployed.</summary>
    public IReadOnlyList<JobTrigger> Jobs { get; }

    /// <summary>Gets the functions that run the dispatcher.</summary>
    public IReadOnlyList<DispatcherFunction> Functions { get; }

    /// <summary>Gets what was found; later checks add to it.</summary>
    public Findings Findings { get; }

    /// <summary>Looks a template through. Runs nothing and connects to nothing.</summary>
    /// <param name="source">The template.</param>
    /// <param name="path">Its file, beside which the file of defaults may stand.</param>
    /// <param name="parameters">Values of its parameters.</param>
    /// <param name="now">What time it is.</param>
    /// <exception cref="InvalidSourceException">A parameter is given that there is not.</exception>
    public static TemplateInspection Inspect(JsonElement source, string path, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        var findings = new Findings();
        var template = new Template(source, parameters, TemplateDefaults.Beside(path), findings);
        template.CheckRules();
        var functions = DispatcherFunction.FindAll(template);
        var payloads = functions.ToDictionary(function => function, function => PayloadValidator.In(function.Environment));
        try
        {
            foreach (var (function, problem) in payloads.SelectMany(entry => entry.Value.StartProblems.Select(problem => (entry.Key, problem))))
            {
                findings.Error(function.Resource, problem);
            }

            var check = new TriggerValidator(template, functions, payloads, now, findings);
            List<JobTrigger> jobs = [.. new TriggerReader(findings).Read(template).SelectMany(check.Check)];
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
