namespace PostgresSession.Jobs;

internal enum AccountStatus
{
    Active,
    Cancelled,
    Closed,
}
