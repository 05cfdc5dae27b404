using Dispatcher.Deployment.Generation;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Function.Tests.Template;

/// <summary>A generated template in a file that lasts as long as a test.</summary>
internal sealed class GeneratedFile : IDisposable
{
    private readonly Action<IDispatcherBuilder> _jobs;

    public GeneratedFile(Action<IDispatcherBuilder> jobs, ApplicationOptions options)
    {
        _jobs = jobs;
        File.WriteAllText(Path, TemplateGenerator.Generate(jobs, options, ServerlessTemplate.Root));
    }

    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <summary>Runs cfn-lint.</summary>
    /// <returns>What it reports; empty if nothing.</returns>
    public async Task<string> LintAsync() =>
        (await PythonTool.RunAsync("-c", "import sys; from cfnlint.runner import main; sys.exit(main())", Path)).Output;

    /// <summary>Reads the template as <c>dispatch schedules</c> and <c>dispatch validate</c> do.</summary>
    public TemplateInspection Inspect(params IEnumerable<string> parameters) => TemplateInspection.Inspect(
        TemplateFile.Read(Path),
        Path,
        parameters.Select(parameter => parameter.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]),
        new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero),
        _jobs);

    public void Dispose() => File.Delete(Path);
}
