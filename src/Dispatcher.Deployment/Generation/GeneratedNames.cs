namespace Dispatcher.Deployment.Generation;

/// <summary>The logical ids to which jobs refer.</summary>
internal static class GeneratedNames
{
    public const string Function = "DispatcherFunction";
    public const string Role = "DispatcherFunctionRole";
    public const string UndeliveredEvents = "UndeliveredEventsQueue";
}
