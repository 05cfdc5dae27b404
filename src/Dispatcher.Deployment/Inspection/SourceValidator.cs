using System.Text;
using System.Text.Json;
using Dispatcher.Deployment.Payloads;
using Dispatcher.Deployment.Templates;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Inspection;

/// <summary>A validator that checks templates and payloads one after the other and collects the findings of each.</summary>
/// <param name="template">The template that provides the environment of payloads, if any.</param>
/// <param name="options">What is known about the deployment of the templates.</param>
/// <param name="now">The current time.</param>
/// <param name="addJobs">Registers the jobs.</param>
public sealed class SourceValidator(
    string? template, InspectionOptions options, DateTimeOffset now, Action<IDispatcherBuilder> addJobs) : IDisposable
{
    private readonly List<(string File, Finding Finding)> _found = [];
    private PayloadValidator? _payloads;
    private bool _usedParameters;

    /// <summary>Creates a validator of which only the parameters of the templates are known.</summary>
    /// <param name="template">The template that provides the environment of payloads, if any.</param>
    /// <param name="parameters">Values of the templates' parameters.</param>
    /// <param name="now">The current time.</param>
    /// <param name="addJobs">Registers the jobs.</param>
    public SourceValidator(
        string? template, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now, Action<IDispatcherBuilder> addJobs)
        : this(template, new InspectionOptions { Parameters = parameters }, now, addJobs)
    {
    }

    /// <summary>Gets the findings with their sources.</summary>
    public IReadOnlyList<(string File, Finding Finding)> Found => _found;

    /// <summary>Gets the number of checked templates.</summary>
    public int Templates { get; private set; }

    /// <summary>Gets the number of triggers in these templates.</summary>
    public int Triggers { get; private set; }

    /// <summary>Gets the number of checked payloads.</summary>
    public int Payloads { get; private set; }

    /// <summary>Checks a file, standard input, or an inline payload.</summary>
    /// <param name="source">The path of the file, <c>-</c>, or JSON.</param>
    /// <param name="input">Standard input.</param>
    public void Check(string source, Stream input)
    {
        if (Directory.Exists(source))
        {
            if (Try(source, () => TemplateFile.Find(source)) is { } inside)
            {
                Check(inside, input);
            }

            return;
        }

        var (name, inline) = source switch
        {
            "-" => ("standard input", false),
            _ when source.TrimStart().StartsWith('{') => ("payload", true),
            _ => (source, false),
        };
        const string tooLarge = "more than a payload or a template may have. Name another file.";
        if (Try(name, () => inline ? Encoding.UTF8.GetBytes(source)
                : source == "-" ? InputFile.ReadLimited(input, "Standard input", tooLarge)
                : InputFile.Read(source, "file", tooLarge, "template in JSON or YAML, or a payload in JSON")) is not { } content)
        {
            return;
        }

        if (!TemplateFile.IsYaml(content, source) && !TemplateFile.Is(content))
        {
            Payloads++;
            _found.AddRange(CheckPayload(content).Select(problem => (name, new Finding(Severity.Error, "payload", problem))));
        }
        else if (Try(name, () => (JsonElement?)TemplateFile.Parse(content, name)) is { } parsed)
        {
            _usedParameters = true;
            if (Try(name, () => TemplateDefaults.Beside(source)) is null)
            {
                return;
            }

            var inspection = TemplateInspection.Inspect(parsed, source, options, now, addJobs);
            var lines = new TemplateLines(content, source);
            List<Finding> undefined = [.. UndefinedNames.Find(parsed).Select(found => Describe(found, lines))];
            _found.AddRange(inspection.Findings
                .Where(finding => !undefined.Exists(other => IsSame(finding, other))).Concat(undefined)
                .Select(finding => (name, finding)));
            Templates++;
            Triggers += inspection.Jobs.Count;
        }
    }

    /// <summary>Rejects unused parameters: ignoring them would check something else than requested.</summary>
    /// <exception cref="InvalidSourceException">Parameters were given, but no template was checked.</exception>
    public void CheckParameters()
    {
        if (options.Parameters.Count > 0 && !_usedParameters)
        {
            throw new InvalidSourceException("'--parameter' sets template parameters, but no template was checked. Name a template, or "
                + "use --template FILE for payloads.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _payloads?.Dispose();

    /// <summary>A file that cannot be read is a finding like others, and the next file is still checked.</summary>
    private T? Try<T>(string name, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidSourceException exception)
        {
            _found.Add((name, new Finding(Severity.Error, "file", exception.Message)));
            return default;
        }
    }

    private static Finding Describe(UndefinedName found, TemplateLines lines)
    {
        var names = found.Place.Split('.', 3);
        var (resource, place) = (names[0], names) switch
        {
            ("Resources", [_, var id, .. var rest]) => (id, rest is [var inside] ? $"{inside} in line" : "Line"),
            (_, [var section, var id, .. var rest]) => ($"{section}.{id}", rest is [var inside] ? $"{inside} in line" : "Line"),
            _ => (found.Place, "Line"),
        };
        return new Finding(
            Severity.Error,
            resource,
            $"{place} {lines.Find(found.Steps)} uses '{PayloadText.Shorten(found.Name)}', which the template does "
                + $"not define.{SpellingSuggester.DidYouMean(found.Name, found.Known)} Correct the name, or define it.")
        {
            Undefined = found.Name,
        };
    }

    /// <summary>Determines whether a finding is about a name that another one names with its line.</summary>
    private static bool IsSame(Finding finding, Finding undefined) => finding.Undefined is { } name
        && name == undefined.Undefined && (finding.Resource == undefined.Resource || finding.Resource == $"Conditions.{name}");

    /// <summary>Each body of a message batch is a payload.</summary>
    private IEnumerable<string> CheckPayload(byte[] content)
    {
        _payloads ??= OpenPayloads();
        if (Records(content) is not { } records)
        {
            return _payloads.Check(content).Problems;
        }

        return records.SelectMany((body, index) => _payloads.Check(body).Problems.Select(problem => $"Message {index + 1}: {problem}"));
    }

    private static List<string>? Records(byte[] content)
    {
        try
        {
            var payload = JobRequestReader.Parse(content);
            return payload.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(payload, "Records", out var records)
                   && records.ValueKind == JsonValueKind.Array
                   && records.EnumerateArray().All(record => TemplateSections.Text(record, "eventSource") == "aws:sqs")
                ? [.. records.EnumerateArray().Select(record => TemplateSections.Text(record, "body") ?? string.Empty)]
                : null;
        }
        catch (JobRequestException)
        {
            return null;
        }
    }

    private PayloadValidator OpenPayloads()
    {
        if (template is null)
        {
            return PayloadValidator.ForProcess(addJobs);
        }

        _usedParameters = true;
        var path = TemplateFile.Find(template);
        var functions = TemplateInspection.Inspect(TemplateFile.Read(path), path, options, now, addJobs).Functions;
        return functions is [var function, ..]
            ? PayloadValidator.ForEnvironment(function.Environment, addJobs)
            : throw new InvalidSourceException(
                $"The template '{path}' has no function that defines an environment for payloads. Name another template, or omit "
                    + $"--template.");
    }
}
