using Dispatcher.Text;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The arguments of <c>run</c>.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="DryRun">Whether <c>--dry-run</c> was given.</param>
/// <param name="Assignments">What followed each <c>-p</c>.</param>
/// <param name="ParametersFile">What followed <c>--parameters</c>.</param>
/// <param name="Shards">What followed <c>--shards</c>.</param>
/// <param name="Workers">What followed <c>--workers</c>.</param>
internal sealed record RunArguments(
    string Job,
    bool DryRun,
    IReadOnlyList<string> Assignments,
    string? ParametersFile,
    int? Shards = null,
    int? Workers = null)
{
    /// <summary>Gets the limits that were given.</summary>
    public IReadOnlyList<GivenLimit> Limits { get; init; } = [];

    /// <summary>Gets what a restoring run takes back.</summary>
    public RestoredRun? Restored { get; init; }

    /// <summary>Gets what followed <c>--plan</c>, or the plan that is applied.</summary>
    public string? Plan { get; init; }

    /// <summary>What the command line has instead of a value that may be a secret.</summary>
    public const string Placeholder = "<secret>";

    /// <summary>Writes the command line that runs this for real, quoted for a shell.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="shown">The parameters as the record of the run shows them.</param>
    /// <returns>The command line, with <see cref="Placeholder"/> for each value of which the record masks a part.</returns>
    public string ToCommandLine(string tool, IReadOnlyDictionary<string, string>? shown)
    {
        IEnumerable<string> words = Restored is { } restored
            ? [tool, "restore", restored.RunId, .. restored.Keys.SelectMany(key => new[] { "--key", key })]
            : [tool, "run", Job, .. Assignments.SelectMany(assignment => new[] { "-p", Show(assignment, shown) })];
        if (ParametersFile is not null)
        {
            words = [.. words, "--parameters", ParametersFile];
        }

        words = [.. words, .. Limits.SelectMany(static limit => new[] { limit.Option, limit.Value })];
        if (Shards is { } shards)
        {
            words = [.. words, "--shards", $"{shards}"];
        }

        if (Workers is { } workers)
        {
            words = [.. words, "--workers", $"{workers}"];
        }

        return string.Join(' ', words.Select(Quote));
    }

    /// <summary>Writes a command line, quoted for a shell.</summary>
    /// <param name="words">Its words.</param>
    /// <returns>The command line.</returns>
    public static string ToCommandLine(params ReadOnlySpan<string> words)
    {
        var quoted = new List<string>(words.Length);
        foreach (var word in words)
        {
            quoted.Add(Quote(word));
        }

        return string.Join(' ', quoted);
    }

    private static string Show(string assignment, IReadOnlyDictionary<string, string>? shown)
    {
        var name = assignment.Split('=')[0];
        var value = shown?.GetValueOrDefault(name) ?? Redaction.Value(assignment);
        return value.Contains(Redaction.Mask, StringComparison.Ordinal) ? $"{name}={Placeholder}" : assignment;
    }

    private static string Quote(string word) =>
        word.All(character => char.IsAsciiLetterOrDigit(character) || "-_=./:,".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
