using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dispatcher;
using Dispatcher.Postgres;

namespace Acme.Chores;

internal sealed record ExpireInvitationsParameters
{
    [Description("How long an invitation is kept after it has expired.")]
    [Range(0, 3650)]
    public int KeepDays { get; set; } = 30;

    [Description("How many invitations are deleted in one transaction.")]
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;
}

internal sealed class ExpireInvitationsJob(PostgresDatabase database, TimeProvider timeProvider)
    : MaintenanceJob<ExpireInvitationsParameters>
{
    protected override Task<JobResult> RunAsync(
        ExpireInvitationsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().AddDays(-parameters.KeepDays);
        return database.RunBatchesAsync(
            context,
            new PostgresBatch<Invitation>
            {
                Rows = "expired invitations",
                Size = parameters.BatchSize,
                Query = $"SELECT id, expires_at FROM invitation WHERE status = 'pending' AND expires_at < {limit} ORDER BY expires_at, id",
                Read = row => new Invitation(row.GetGuid(0), row.GetDateTime(1)),
                Change = invitation => new Change("postgres:DELETE", $"invitation {invitation.Id}")
                {
                    Reason = $"expired {invitation.ExpiresAt:O}", Counter = "invitationsDeleted",
                },
                Apply = (transaction, invitations, token) => transaction.ExecuteAsync(
                    $"DELETE FROM invitation WHERE id = ANY({invitations.Select(invitation => invitation.Id)})", token),
            },
            cancellationToken);
    }

    private sealed record Invitation(Guid Id, DateTime ExpiresAt);
}
