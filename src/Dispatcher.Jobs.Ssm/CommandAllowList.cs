using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Ssm;

/// <summary>
/// The documents and the instances that a payload may name: <c>SSM_ALLOWED_DOCUMENTS</c> and <c>SSM_ALLOWED_TARGETS</c>. If a setting is
/// not set, a payload may name none, because a document such as AWS-RunShellScript runs any command as root. A payload cannot change them.
/// </summary>
internal static class CommandAllowList
{
    private const string Documents = "SSM_ALLOWED_DOCUMENTS";
    private const string Targets = "SSM_ALLOWED_TARGETS";

    /// <summary>Refuses a command that a payload describes, unless the settings allow its document and all of its instances.</summary>
    public static void EnsureAllowed(IConfiguration configuration, SsmRunCommandParameters parameters)
    {
        List<string> problems =
        [
            .. Find(configuration, Documents, "document", [CommandRequestFactory.DocumentOf(parameters)]),
            .. FindTargets(configuration, parameters),
        ];
        Refuse(problems);
    }

    /// <summary>Refuses instances that a payload names, unless the setting allows all of them.</summary>
    public static void EnsureTargetsAllowed(IConfiguration configuration, SsmRunCommandParameters parameters) =>
        Refuse([.. FindTargets(configuration, parameters)]);

    private static void Refuse(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new PermanentJobException(
                ["Not allowed:", .. problems, $"A profile ({CommandProfile.Section}) needs no such setting for what it sets itself."]);
        }
    }

    private static IEnumerable<string> FindTargets(IConfiguration configuration, SsmRunCommandParameters parameters) =>
        Find(configuration, Targets, "target", [.. CommandRequestFactory.TargetNamesOf(parameters)]);

    private static IEnumerable<string> Find(IConfiguration configuration, string key, string kind, IReadOnlyList<string> names)
    {
        var allowed = AllowList.Read(configuration[key]);
        var refused = names.Where(name => allowed?.Allows(name) != true).ToList();
        if (refused.Count == 0)
        {
            return [];
        }

        var shown = string.Join(", ", refused.Take(5).Select(name => $"'{SsmText.Printable(name)}'"));
        var more = refused.Count > 5 ? $" and {refused.Count - 5} more" : string.Empty;
        return [$"{kind} {shown}{more}: {key} {(allowed is null ? "is not set, so a payload may name none" : $"allows {allowed}")}."];
    }
}
