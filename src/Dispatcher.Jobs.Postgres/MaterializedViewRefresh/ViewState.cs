using Dispatcher.Postgres.Sql;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>What the server's catalogs hold about a view and about the role that is to refresh it.</summary>
internal sealed record ViewState
{
    /// <summary>Gets pg_class.relkind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets schema and name for a person, quoted where SQL needs it, without a character that cannot be printed.</summary>
    public required string FullName { get; init; }

    /// <summary>Gets schema and name for a statement.</summary>
    public required ViewName Name { get; init; }

    /// <summary>Gets a value indicating whether the view can be read.</summary>
    public bool IsPopulated { get; init; }

    /// <summary>Gets a value indicating whether a concurrent refresh can use one of the unique indexes.</summary>
    public bool HasUniqueIndex { get; init; }

    /// <summary>Gets the size with indexes.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets a value indicating whether the server is a replica, or the role read-only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Gets a value indicating whether the role may read the view, and with it its figures.</summary>
    public bool MayRead { get; init; }

    /// <summary>
    /// Gets a value indicating whether the owner may read the view, without which the server cannot refresh it concurrently.
    /// </summary>
    public bool MayOwnerRead { get; init; }

    /// <summary>Gets the role's rights on the view.</summary>
    public required ViewRights Rights { get; init; }

    /// <summary>Gets the first column, quoted.</summary>
    public required string FirstColumn { get; init; }

    /// <summary>Gets the kind in words.</summary>
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

    /// <summary>Reads a row of view-inspection.sql.</summary>
    public static ViewState Read(NpgsqlDataReader row)
    {
        var (schema, name) = (row.GetString(2), row.GetString(3));
        return new ViewState
        {
            Kind = row.GetString(0),
            FullName = SqlName.IsPrintable(row.GetString(1)) ? row.GetString(1) : SqlName.Quote(schema, name),
            Name = new ViewName(schema, name),
            IsPopulated = row.GetBoolean(4),
            Rights = new ViewRights(
                MayRefresh: row.GetBoolean(5), Owner: row.GetString(6), User: row.GetString(7), IsMember: row.GetBoolean(13),
                Inherits: row.GetBoolean(14), IsDirectMember: row.GetBoolean(15), ServerVersion: row.GetInt32(16)),
            HasUniqueIndex = row.GetBoolean(8),
            Bytes = row.GetInt64(9),
            IsReadOnly = row.GetBoolean(10),
            MayRead = row.GetBoolean(11),
            MayOwnerRead = row.GetBoolean(12),
            FirstColumn = row.IsDBNull(17) ? "…" : SqlName.Quote(row.GetString(17)),
        };
    }
}
