using Dispatcher.Text;

namespace Dispatcher;

/// <summary>A side effect that a job proposes.</summary>
/// <param name="Action">
/// What is done, as the service names it: <c>s3:DeleteObject</c>, <c>dynamodb:UpdateItem</c>, <c>http:POST</c>.
/// </param>
/// <param name="Target">What it is done to, as a person would look it up: <c>s3://media/uploads/2026-11-01/….mp4</c>.</param>
public sealed record Change(string Action, string Target)
{
    /// <summary>
    /// Gets the reason for the change: <c>session expired 2026-11-01T12:00:00Z</c>. What it quotes of a secret is masked, because plans,
    /// logs and records show it.
    /// </summary>
    public string? Reason { get; init => field = value is null ? null : Redaction.Sentence(value); }

    /// <summary>
    /// Gets what was seen that makes it right, for the audit trail: <c>etag="9e10…" size=4711 lastModified=2026-10-30T09:12:00Z</c>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the reason says it all. Never a secret: it is logged.</value>
    public string? Evidence { get; init; }

    /// <summary>
    /// Gets the change of the same run that this one takes back, such as the claim that it releases. It may always be made: a run that
    /// applies a plan would otherwise leave the first change half done.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: nothing is taken back.</value>
    public Change? Undoes { get; init; }

    /// <summary>Gets how many bytes the change frees.</summary>
    /// <value>The default value is 0. 0 if nothing is freed, as on a versioned bucket.</value>
    public long Bytes { get; init; }

    /// <summary>
    /// Gets the storage class that the bytes are freed in, as S3 names it: <c>STANDARD_IA</c>. It determines what they have cost.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: not known.</value>
    public string? StorageClass { get; init; }

    /// <summary>
    /// Gets the count in the result's <c>counts</c> that goes up when the change is made or, in a dry run, planned.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: counted only under <c>changes</c>. Never empty: the gate refuses it.</value>
    public string? Counter { get; init; }

    /// <summary>
    /// Gets a value indicating whether the change is a further step of an item that another change of the run has counted, such as the
    /// removal of what was claimed. It does not count towards <see cref="ChangeLimits.MaxChangesPercent"/>, a share of items.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool IsFollowUp { get; init; }
}
