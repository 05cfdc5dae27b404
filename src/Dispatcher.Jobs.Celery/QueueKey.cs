namespace Dispatcher.Jobs.Celery;

/// <summary>The errors of SQS about the KMS key of an encrypted queue.</summary>
internal static class QueueKey
{
    private static readonly (string Problem, string Text)[] Remedies =
    [
        (
            "AccessDenied",
            "Allow kms:GenerateDataKey and kms:Decrypt on the queue's key in the function's role, and look at the key's own policy."),
        ("NotFound", "The queue's key does not exist any more: give the queue another one (KmsMasterKeyId)."),
        ("Disabled", "Enable the queue's key."),
        ("InvalidState", "Enable the queue's key, or cancel its deletion."),
    ];

    /// <summary>Returns what to do about an error code, such as <c>KmsAccessDenied</c> or <c>KMS.AccessDeniedException</c>.</summary>
    /// <returns>The remedy, or <see langword="null"/> if the code is not about a key or the error is transient.</returns>
    public static string? Remedy(string? code)
    {
        var name = code?[(code.LastIndexOf('#') + 1)..];
        if (name?.StartsWith("KMS", StringComparison.OrdinalIgnoreCase) != true || IsThrottled(code))
        {
            return null;
        }

        return Remedies.FirstOrDefault(remedy => name.Contains(remedy.Problem, StringComparison.OrdinalIgnoreCase)).Text
               ?? "Look at the queue's key in KMS.";
    }

    /// <summary>Determines whether KMS was too busy, which is transient.</summary>
    public static bool IsThrottled(string? code) => code?.Contains("Throttl", StringComparison.OrdinalIgnoreCase) == true;
}
