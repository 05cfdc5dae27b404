using System.ComponentModel.DataAnnotations;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The validation of parameters that attributes cannot express.</summary>
internal static class ParameterValidator
{
    public static IEnumerable<ValidationResult> Validate(VideoUploadCleanupParameters parameters)
    {
        if (parameters.FinishedTag == VideoUploadCleanupParameters.QuarantineTag)
        {
            yield return new ValidationResult(
                $"Parameter 'finishedTag' is '{VideoUploadCleanupParameters.QuarantineTag}', the tag that quarantine writes. "
                + "Name the tag that the application writes.",
                ["finishedTag"]);
        }

        if (UploadKeyPattern.FindDefect(parameters.KeyPattern) is { } defect)
        {
            yield return new ValidationResult($"Parameter 'keyPattern' is '{parameters.KeyPattern}': {defect}", ["keyPattern"]);
        }

        foreach (var problem in ValidateAttributes(parameters).Concat(ValidateStatuses(parameters)).Concat(ValidateRules(parameters)))
        {
            yield return problem;
        }
    }

    private static ValidationResult[] ValidateRules(VideoUploadCleanupParameters parameters)
    {
        (string Name, IReadOnlyList<SelectionRule> Rules)[] lists = [("include", parameters.Include), ("exclude", parameters.Exclude)];
        ValidationResult[] problems =
        [
            .. from list in lists
            from problem in RuleValidator.Validate(list.Name, list.Rules, SessionAttributes.Added)
            select new ValidationResult(problem, [list.Name]),
        ];
        if (problems.Length > 0 || UploadKeyPattern.FindDefect(parameters.KeyPattern) is not null)
        {
            return problems;
        }

        var reach = new RuleReach(
            UploadKeyPattern.Read(parameters.KeyPattern).Beginning, parameters.Prefix, parameters.Include);
        return
        [
            .. from list in lists
            from problem in reach.FindDefects(list.Name, list.Rules)
            select new ValidationResult(problem, [list.Name]),
        ];
    }

    private static IEnumerable<ValidationResult> ValidateAttributes(VideoUploadCleanupParameters parameters)
    {
        (string Parameter, string Attribute)[] names =
        [
            ("hashKey", parameters.HashKey), ("statusAttribute", parameters.StatusAttribute), ("typeAttribute", parameters.TypeAttribute),
            ("keyAttribute", parameters.KeyAttribute), ("ttlAttribute", parameters.TtlAttribute),
            ("uploadIdAttribute", parameters.UploadIdAttribute),
        ];
        foreach (var shared in names.GroupBy(static name => name.Attribute, StringComparer.Ordinal).Where(static group =>
            group.Count() > 1))
        {
            var which = string.Join(" and ", shared.Select(static name => $"'{name.Parameter}'"));
            yield return new ValidationResult(
                $"Parameters {which} are both '{shared.Key}'. Give each the name of an attribute of its own.", [shared.First().Parameter]);
        }

        foreach (var (parameter, attribute) in names.Where(static name =>
            SessionAttributes.Added.Contains(name.Attribute, StringComparer.Ordinal)))
        {
            yield return new ValidationResult(
                $"Parameter '{parameter}' is '{attribute}', an attribute that this job writes. "
                    + "Name the application's attribute.", [parameter]);
        }
    }

    private static IEnumerable<ValidationResult> ValidateStatuses(VideoUploadCleanupParameters parameters)
    {
        string[] all = [parameters.CreatedStatus, parameters.PartialStatus, .. parameters.FinishedStatuses];
        foreach (var twice in all.GroupBy(static word => word, StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            yield return new ValidationResult(
                $"The status '{twice.Key}' appears twice among createdStatus, partialStatus and finishedStatuses. "
                    + "Give each status one meaning.",
                ["finishedStatuses"]);
        }

        if (parameters.FinishedStatuses.Count == 0 || all.Any(static word => string.IsNullOrEmpty(word)))
        {
            yield return new ValidationResult(
                "Parameter 'finishedStatuses' is empty, or one of its statuses is. "
                    + "Name the statuses of finished uploads.", ["finishedStatuses"]);
        }
    }
}
