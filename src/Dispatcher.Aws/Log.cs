using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws;

/// <summary>The messages that the AWS parts log.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "The audit trail of {Lines} lines is missing at s3://{Bucket}/{Key}: {Error} The role needs s3:PutObject on audit/*. Nothing else "
            + "is lost: each line went to the other audit sinks when it was written, the function's log (type = \"audit\"), the folder "
            + ".local/audit or standard error.")]
    public static partial void AuditNotUploaded(ILogger logger, long lines, string bucket, string key, string error);

    [LoggerMessage(50, LogLevel.Warning, "The AWS account is not known, so that a plan of a known account is refused: {Error} "
        + "Set PLAN_ACCOUNT.")]
    public static partial void AccountUnknown(ILogger logger, string error);
}
