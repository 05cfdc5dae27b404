namespace Dispatcher.Deployment;

/// <summary>One problem or remark about a template or a payload.</summary>
/// <param name="Severity">Its severity.</param>
/// <param name="Resource">Its place: a resource of the template, or the name of the payload.</param>
/// <param name="Message">What is wrong, with the values, then what to do, on one line.</param>
public sealed record Finding(Severity Severity, string Resource, string Message)
{
    /// <summary>Gets the target of the resource that it is about.</summary>
    /// <value>The default value is <see langword="null"/>: it is about the whole resource, or about its only target.</value>
    public string? Target { get; init; }

    /// <summary>Gets the name that it calls undefined.</summary>
    internal string? Undefined { get; init; }
}
