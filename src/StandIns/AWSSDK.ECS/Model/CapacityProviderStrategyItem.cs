using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A capacity provider and its share of the tasks.</summary>
public class CapacityProviderStrategyItem : IJsonRequest
{
    /// <summary>Gets or sets how many tasks this provider gets before weights count.</summary>
    public int? Base { get; set; }

    /// <summary>Gets or sets the name of the capacity provider.</summary>
    public string CapacityProvider { get; set; }

    /// <summary>Gets or sets the share of the tasks that this provider gets.</summary>
    public int? Weight { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("base", Base);
        json.Put("capacityProvider", CapacityProvider);
        json.Put("weight", Weight);
    }
}
