namespace Dispatcher.Postgres.Sql;

/// <summary>The kinds of SQL tokens.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A string, in single or dollar quotes.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Symbol,
}
