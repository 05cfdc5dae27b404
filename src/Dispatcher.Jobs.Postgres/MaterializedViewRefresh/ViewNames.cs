using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>One or several names of views.</summary>
/// <param name="Items">The names as they are in the payload.</param>
[JsonConverter(typeof(ViewNamesConverter))]
[Description("a view such as \"public.job_progress\", or a list of views")]
public sealed record ViewNames(IReadOnlyList<string> Items);
