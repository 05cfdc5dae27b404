namespace Dispatcher.Changes;

/// <summary>A fence in front of the changes of a run: it holds them back once the run may not make them any more.</summary>
internal interface IChangeFence
{
    /// <summary>Checks that the run may still make changes.</summary>
    /// <exception cref="PermanentJobException">It may not: another run may be making them.</exception>
    void EnsureHeld();
}
