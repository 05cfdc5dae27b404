namespace Dispatcher.Postgres.Sql;

/// <summary>Says what a piece of SQL is.</summary>
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
