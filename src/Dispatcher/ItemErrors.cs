using Dispatcher.Text;

namespace Dispatcher;

/// <summary>
/// The errors of items that failed while the run went on with others. Thread-safe. All are counted; the first <see cref="MaxKept"/> are
/// kept.
/// </summary>
public sealed class ItemErrors
{
    /// <summary>The most errors that are kept: hosts limit the size of an answer.</summary>
    public const int MaxKept = 100;

    /// <summary>The most characters of an error that are kept, for the same reason.</summary>
    private const int MaxErrorLength = 1000;

    private readonly List<ItemError> _kept = [];
    private long _count;

    /// <summary>Gets how many items have failed.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Records that an item failed.</summary>
    /// <param name="item">The item, for example <c>dynamodb://UploadSessions/0f8fad5b-…</c>.</param>
    /// <param name="error">What is wrong with it, then what to do.</param>
    public void Add(string item, string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(item);
        ArgumentException.ThrowIfNullOrEmpty(error);

        lock (_kept)
        {
            _count++;
            if (_kept.Count < MaxKept)
            {
                _kept.Add(new ItemError(item, PrintableText.OneLine(PrintableText.Truncate(Redaction.Sentence(error), MaxErrorLength))));
            }
        }
    }

    /// <summary>Gets the errors that were kept.</summary>
    /// <returns>The first <see cref="MaxKept"/> errors.</returns>
    public IReadOnlyList<ItemError> Snapshot()
    {
        lock (_kept)
        {
            return _kept.Count == 0 ? [] : [.. _kept];
        }
    }

    internal void Clear()
    {
        lock (_kept)
        {
            _count = 0;
            _kept.Clear();
        }
    }
}
