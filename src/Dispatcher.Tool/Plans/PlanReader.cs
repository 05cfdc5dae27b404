using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Plans;

/// <summary>Functions that read plans for commands.</summary>
internal static class PlanReader
{
    /// <summary>Reads and checks a plan.</summary>
    /// <param name="services">The services of the command.</param>
    /// <param name="location">A file, or a location in the configured bucket.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BadInputException">It cannot be read, is not a plan, is not whole, or was changed.</exception>
    public static async Task<PlanFile> ReadAsync(IServiceProvider services, string location, CancellationToken cancellationToken)
    {
        var store = services.GetServices<IPlanStore>().FirstOrDefault(store => store.Handles(location))
            ?? throw new BadInputException(
                $"'{location}' is neither a file nor in S3. Name a file, or a plan in the bucket of PLAN_BUCKET.");
        try
        {
            store.EnsureAllowed(location);
            await using var contents = await store.OpenAsync(location, cancellationToken);
            return await PlanFile.ReadAsync(location, contents, cancellationToken);
        }
        catch (PermanentJobException exception)
        {
            throw new BadInputException(exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(services.GetRequiredService<FailureClassifier>().Classify(exception).Message);
        }
    }
}
