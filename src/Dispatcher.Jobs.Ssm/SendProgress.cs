namespace Dispatcher.Jobs.Ssm;

/// <summary>The command of a run's slot, as far as all attempts of the run have found out.</summary>
internal sealed class SendProgress
{
    /// <summary>Gets or sets the id of the command, whichever delivery sent it.</summary>
    public string? CommandId { get; set; }

    /// <summary>Gets or sets a value indicating whether an earlier delivery of the slot sent the command.</summary>
    public bool IsEarlier { get; set; }

    /// <summary>Gets or sets a value indicating whether the answer to the command was lost, so that it may run.</summary>
    public bool IsUnanswered { get; set; }
}
