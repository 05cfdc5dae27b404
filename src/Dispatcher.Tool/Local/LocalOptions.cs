namespace Dispatcher.Tool.Local;

/// <summary>Options for the command <c>local</c>: what the jobs find on the servers of this machine.</summary>
public sealed class LocalOptions
{
    /// <summary>Gets or sets a value indicating whether <c>local up</c> starts PostgreSQL too, if it is installed.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Postgres { get; set; } = true;

    /// <summary>
    /// Gets the environment variables of the jobs, such as the name of a table, which <c>local up</c> prints beside those of the servers.
    /// </summary>
    public IDictionary<string, string> Variables { get; } = new OrderedDictionary<string, string>();

    /// <summary>
    /// Gets or sets what every <c>local up</c> creates on the servers, such as tables and buckets. It must accept that they exist.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the servers are left as they start.</value>
    public Func<LocalSetup, CancellationToken, Task>? Prepare { get; set; }

    /// <summary>Gets or sets what <c>local up --sample</c> adds: data to try the jobs with.</summary>
    /// <value>The default value is <see langword="null"/>: there is no option <c>--sample</c>.</value>
    public Func<LocalSetup, CancellationToken, Task>? Fill { get; set; }
}
