using Dispatcher.Postgres.Sql;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The rights of the session's role on a view.</summary>
/// <param name="MayRefresh">Whether it has the owner's rights, or MAINTAIN.</param>
/// <param name="Owner">The owner.</param>
/// <param name="User">The session's role.</param>
/// <param name="IsMember">Whether the role is a member of the owner, perhaps without inheriting the owner's rights.</param>
/// <param name="Inherits">Whether the role inherits rights by default.</param>
/// <param name="IsDirectMember">Whether the role is a member of the owner directly.</param>
/// <param name="ServerVersion">The server's version, for example 170005.</param>
internal sealed record ViewRights(
    bool MayRefresh, string Owner, string User, bool IsMember, bool Inherits, bool IsDirectMember, int ServerVersion)
{
    // From 16 on each grant of a role says whether it is inherited; before, the member's own attribute says it.
    private const int InheritIsGranted = 160000;
    private const int MaintainIsGranted = 170000;

    /// <summary>Describes why the role may not refresh a view, with the SQL that allows it.</summary>
    /// <param name="view">The view's full name.</param>
    public string DescribeRefusal(string view)
    {
        var (owner, user) = (SqlName.Quote(Owner), SqlName.Quote(User));
        var maintain = ServerVersion >= MaintainIsGranted ? $"GRANT MAINTAIN ON {view} TO {user}, or " : string.Empty;
        var (ownerName, userName) = (PrintableText.Escape(Owner), PrintableText.Escape(User));
        return IsMember
            ? $"The role '{userName}' is a member of '{ownerName}', which owns {view}, but does not inherit its rights (42501). "
              + $"Set the parameter 'role' to '{ownerName}', or run {maintain}{Join(owner, user)}."
            : $"Only its owner may refresh {view}, and that is '{ownerName}', not '{userName}' (42501). "
              + $"Run {maintain}{Join(owner, user)}, or ALTER MATERIALIZED VIEW {view} OWNER TO {user}.";
    }

    private string Join(string owner, string user) => this switch
    {
        { Inherits: true, IsDirectMember: true } or { Inherits: false } when ServerVersion >= InheritIsGranted =>
            $"GRANT {owner} TO {user} WITH INHERIT TRUE",
        { Inherits: false, IsDirectMember: true } => $"ALTER ROLE {user} INHERIT",
        { Inherits: false } => $"GRANT {owner} TO {user}; ALTER ROLE {user} INHERIT",
        _ => $"GRANT {owner} TO {user}",
    };
}
