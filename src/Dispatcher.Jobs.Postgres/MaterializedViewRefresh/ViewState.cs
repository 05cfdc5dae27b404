namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Is what the server knows about a view.</summary>
/// <param name="Kind">pg_class.relkind.</param>
/// <param name="FullName">Schema and name, quoted where needed.</param>
/// <param name="IsPopulated">Whether it can be read.</param>
/// <param name="MayRefresh">Whether the role is, or is a member of, the owner.</param>
/// <param name="Owner">The owner.</param>
/// <param name="User">The role of this session.</param>
/// <param name="HasUniqueIndex">Whether there is a unique index that a concurrent refresh can use.</param>
/// <param name="Bytes">Its size with indexes.</param>
/// <param name="IsReadOnly">Whether the server is a replica, or the role read-only.</param>
internal sealed record ViewState(
    string Kind,
    string FullName,
    bool IsPopulated,
    bool MayRefresh,
    string Owner,
    string User,
    bool HasUniqueIndex,
    long Bytes,
    bool IsReadOnly)
{
    /// <summary>Gets what it is, in words.</summary>
    public string KindInWords => Kind switch
    {
        "m" => "a materialized view",
        "v" => "a plain view",
        "r" or "p" => "a table",
        "f" => "a foreign table",
        "i" or "I" => "an index",
        "S" => "a sequence",
        _ => "something else",
    };
}
