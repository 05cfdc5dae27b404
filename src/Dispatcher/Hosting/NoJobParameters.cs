using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>The parameters of a job without parameters.</summary>
internal sealed class NoJobParameters : JobParameters
{
    public override IReadOnlyList<JobParameter> All => [];

    public override JsonObject CreateSchema() => new() { ["type"] = "object", ["additionalProperties"] = false };

    public override JsonNode? FromText(string name, string text) => JsonValue.Create(text);

    public override IReadOnlyList<GivenParameter> Resolve(JsonElement payload, IConfiguration configuration) => [];

    internal override object? Bind(string job, JsonElement payload, IConfiguration configuration, ProblemList problems)
    {
        if (IsObject(payload, problems))
        {
            foreach (var property in payload.EnumerateObject())
            {
                if (problems.IsFull)
                {
                    break;
                }

                problems.Add($"Unknown parameter '{PayloadText.Shorten(PayloadText.Name(property))}': job '{job}' takes no parameters.");
            }
        }

        return null;
    }
}
