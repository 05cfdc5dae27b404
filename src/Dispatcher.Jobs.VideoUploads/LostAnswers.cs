namespace Dispatcher.Jobs.VideoUploads;

/// <summary>Functions for changes whose answer was lost.</summary>
internal static class LostAnswers
{
    /// <summary>Finds out what became of a change.</summary>
    /// <param name="context">The run.</param>
    /// <param name="lost">What kept the answer away, or what its repetition was answered.</param>
    /// <param name="look">Looks at what is there now. If it fails, the outcome is unknown.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome.</returns>
    public static async Task<ChangeOutcome> SettleAsync(
        this JobContext context, Exception lost, Func<Task<ChangeOutcome>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look();
        }
        catch (Exception exception) when (!context.EndsRun(exception, cancellationToken))
        {
            return ChangeOutcome.Unknown(
                $"{context.Classify(lost).Message} Finding out what became of it failed too: {context.Classify(exception).Message}");
        }
    }
}
