using System.Collections;

namespace Dispatcher.Deployment;

/// <summary>A collection of findings without duplicates, in the order in which they were found.</summary>
public sealed class FindingCollection : IReadOnlyCollection<Finding>
{
    private readonly OrderedDictionary<Finding, bool> _found = [];

    /// <inheritdoc />
    public int Count => _found.Count;

    /// <summary>Adds an error, which makes a deployment or a run impossible.</summary>
    public void Error(string resource, string message) => Add(Severity.Error, resource, message);

    /// <summary>Adds a warning about something probably unintended.</summary>
    public void Warning(string resource, string message) => Add(Severity.Warning, resource, message);

    /// <summary>Adds a note.</summary>
    public void Note(string resource, string message) => Add(Severity.Note, resource, message);

    /// <summary>Adds a finding.</summary>
    public void Add(Severity severity, string resource, string message) => Add(new Finding(severity, resource, message));

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding) => _found.TryAdd(finding, true);

    /// <summary>Counts the findings of one severity.</summary>
    public int CountOf(Severity severity) => _found.Keys.Count(finding => finding.Severity == severity);

    /// <inheritdoc />
    public IEnumerator<Finding> GetEnumerator() => _found.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
