namespace Dispatcher.Lambda.Tests;

/// <summary>The program of <see cref="TouchFunction"/>, which tests start in the executable model.</summary>
internal static class TouchProgram
{
    public static Task Main() => MaintenanceFunction.RunAsync(TouchFunction.AddJobs);
}
