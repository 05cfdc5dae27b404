using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>The values of libpq's target_session_attrs, which Npgsql's keyword shares.</summary>
internal static class TargetSessions
{
    /// <summary>Reads a value; <see langword="null"/> is any server.</summary>
    /// <exception cref="UnreadableConnectionException">It is not known.</exception>
    public static TargetSessionAttributes? Parse(string value) => value switch
    {
        "any" => null,
        "read-write" => TargetSessionAttributes.ReadWrite,
        "read-only" => TargetSessionAttributes.ReadOnly,
        "primary" => TargetSessionAttributes.Primary,
        "standby" => TargetSessionAttributes.Standby,
        "prefer-primary" => TargetSessionAttributes.PreferPrimary,
        "prefer-standby" => TargetSessionAttributes.PreferStandby,
        _ => throw new UnreadableConnectionException("has a target_session_attrs that is not known. Use read-write, read-only, primary, "
            + "standby, prefer-standby or any."),
    };

    /// <summary>Returns the value as libpq spells it.</summary>
    public static string Format(TargetSessionAttributes value) => value switch
    {
        TargetSessionAttributes.ReadWrite => "read-write",
        TargetSessionAttributes.ReadOnly => "read-only",
        TargetSessionAttributes.Primary => "primary",
        TargetSessionAttributes.Standby => "standby",
        TargetSessionAttributes.PreferPrimary => "prefer-primary",
        TargetSessionAttributes.PreferStandby => "prefer-standby",
        _ => "any",
    };
}
