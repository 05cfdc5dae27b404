namespace Dispatcher.Hosting;

/// <summary>
/// The interrupt of the person who started a run. A host with a person in front of it registers it as a service: a run that its caller
/// cancels after the interrupt ends as <see cref="JobStatus.Cancelled"/>, and as <see cref="JobStatus.Failed"/> otherwise.
/// </summary>
/// <param name="token">Fires when the person interrupts the run.</param>
public sealed class RunInterrupt(CancellationToken token)
{
    /// <summary>Gets the token that fires when the person interrupts the run.</summary>
    public CancellationToken Token => token;
}
