namespace Dispatcher.Declarations;

/// <summary>An environment variable of the function.</summary>
/// <param name="Name">The name of the variable.</param>
/// <param name="Text">The value, in which <c>${Parameter}</c> is replaced.</param>
public sealed record DeclaredSetting(string Name, string Text)
{
    /// <summary>Gets a value indicating whether the variable is set even if the job is not enabled.</summary>
    public bool Always { get; init; }

    /// <summary>Gets the value while the job is not enabled.</summary>
    /// <value>The default value is <see langword="null"/>: the variable is not set.</value>
    public string? WhileDisabled { get; init; }

    /// <summary>Gets the condition under which <see cref="Text"/> is the value.</summary>
    /// <value>The default value is <see langword="null"/>: always, while the job is enabled.</value>
    public string? When { get; init; }

    /// <summary>Gets the value if <see cref="When"/> is not met.</summary>
    /// <value>The default value is <see langword="null"/>: the variable is not set.</value>
    public string? Otherwise { get; init; }

    /// <summary>Gets the separator that splits the value, of which the variable receives one part.</summary>
    /// <value>The default value is <see langword="null"/>: the variable receives the whole value.</value>
    public char? Separator { get; init; }

    /// <summary>Gets the number of the part, from 0.</summary>
    public int Part { get; init; }
}
