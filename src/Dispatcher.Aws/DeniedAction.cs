using System.Text.RegularExpressions;

namespace Dispatcher.Aws;

/// <summary>The permission that an AWS service names when it denies a call: not always the permission for the call itself.</summary>
/// <param name="Action">The action, such as <c>iam:PassRole</c>.</param>
/// <param name="Resource">The resource of the action, if the service names it.</param>
public sealed partial record DeniedAction(string Action, string? Resource)
{
    /// <summary>Finds the permission in the message of an access-denied error.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The permission, or <see langword="null"/> if the message names none.</returns>
    public static DeniedAction? Find(string message)
    {
        var match = Pattern().Match(message);
        return match.Success
            ? new DeniedAction(match.Groups["action"].Value, match.Groups["resource"] is { Success: true } resource ? resource.Value : null)
            : null;
    }

    /// <summary>
    /// Names the permission that a call lacks: as the service names it or, for a service that names none, as the operation needs it. What a
    /// service names can also be an operation that is not an action.
    /// </summary>
    internal static string Describe(string message, AwsCall? call)
    {
        if (Find(message)?.Action.Split(':') is [var service, var name])
        {
            return string.Join(" or ", IamActions.Of(service, name));
        }

        return call is { Service: "S3", Operation: { } operation } ? string.Join(" and ", IamActions.Of("s3", operation)) : "the operation";
    }

    [GeneratedRegex(
        @"not authorized to perform:? (?<action>[A-Za-z0-9-]+:[A-Za-z]+)"
        + @"( on (the )?resource:? ""?(?<resource>arn:[A-Za-z0-9:/_.+=,@*-]*[A-Za-z0-9*]))?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
