using System.Text;
using System.Text.Json;
using Dispatcher.Deployment.Payloads;
using Dispatcher.Deployment.Templates;
using Dispatcher.Payload;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Inspection;

/// <summary>Checks files one after the other, and keeps what is wrong with each.</summary>
/// <param name="template">The template whose environment payloads are read in, if any.</param>
/// <param name="parameters">Values of the templates' parameters.</param>
/// <param name="now">What time it is.</param>
internal sealed class SourceValidator(string? template, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now) : IDisposable
{
    private readonly List<(string File, Finding Finding)> _found = [];
    private PayloadValidator? _payloads;
    private bool _usedParameters;

    /// <summary>Gets what was found, in which file.</summary>
    public IReadOnlyList<(string File, Finding Finding)> Found => _found;

    /// <summary>Gets what was checked, in words: <c>1 template with 8 triggers, 2 payloads</c>.</summary>
    public string Checked =>
        string.Join(", ", new[]
        {
            Templates > 0 ? $"{Quantity.Count(Templates, "template")} with {Quantity.Count(Triggers, "trigger")}" : string.Empty,
            Payloads > 0 ? Quantity.Count(Payloads, "payload") : string.Empty,
        }.Where(words => words.Length > 0));

    private int Templates { get; set; }

    private int Triggers { get; set; }

    private int Payloads { get; set; }

    /// <summary>Checks one file, standard input, or a payload that was given itself.</summary>
    /// <param name="source">The file; <c>-</c>; or JSON.</param>
    /// <param name="input">Standard input.</param>
    public void Check(string source, Stream input)
    {
        var (name, inline) = source switch
        {
            "-" => ("standard input", false),
            _ when source.TrimStart().StartsWith('{') => ("payload", true),
            _ => (source, false),
        };
        const string tooLarge = "more than a payload or a template may have. Name another file.";
        if (Try(name, () => inline ? Encoding.UTF8.GetBytes(source)
                : source == "-" ? InputFile.ReadLimited(input, "Standard input", tooLarge)
                : InputFile.Read(source, "file", tooLarge)) is not { } content)
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
            var inspection = TemplateInspection.Inspect(parsed, source, parameters, now);
            _found.AddRange(inspection.Findings.Select(finding => (name, finding)));
            Templates++;
            Triggers += inspection.Jobs.Count;
        }
    }

    /// <summary>Refuses parameters that nothing took: a check that silently left them out would have checked something else.</summary>
    /// <exception cref="InvalidSourceException">There were parameters, but no template.</exception>
    public void CheckParameters()
    {
        if (parameters.Count > 0 && !_usedParameters)
        {
            throw new InvalidSourceException("'--parameter' sets parameters of a template, and none was checked. Name one, or give payloads one by --template FILE.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _payloads?.Dispose();

    /// <summary>A file that cannot be read is a problem like others, and the next file gets its turn.</summary>
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

    /// <summary>In a batch of messages, each body is a payload.</summary>
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
            return payload.ValueKind == JsonValueKind.Object && JsonText.TryGetProperty(payload, "Records", out var records)
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
            return PayloadValidator.Here();
        }

        _usedParameters = true;
        var functions = TemplateInspection.Inspect(TemplateFile.Read(template), template, parameters, now).Functions;
        return functions is [var function, ..]
            ? PayloadValidator.In(function.Environment)
            : throw new InvalidSourceException(
                $"The template '{template}' has no function whose environment a payload could be read in. Name another, or leave out --template.");
    }
}
