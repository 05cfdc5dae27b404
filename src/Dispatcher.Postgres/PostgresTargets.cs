using Dispatcher.Hosting;
using Dispatcher.Postgres.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.Postgres;

/// <summary>The databases of the jobs that take a <see cref="PostgresDatabase"/> in their constructor.</summary>
internal sealed class PostgresTargets(IConfiguration configuration, IOptionsMonitor<PostgresOptions> options) : IRunTargets
{
    /// <inheritdoc />
    public IReadOnlyList<KeyValuePair<string, string>> Describe(JobDescriptor job) =>
    [
        .. job.Type.GetConstructors()
            .SelectMany(static constructor => constructor.GetParameters())
            .Where(static parameter => parameter.ParameterType == typeof(PostgresDatabase))
            .Select(static parameter => parameter.GetCustomAttributes(inherit: false))
            .Select(static attributes => attributes.OfType<FromKeyedServicesAttribute>().FirstOrDefault()?.Key)
            .Distinct()
            .Select(name => KeyValuePair.Create("Database", Describe(name as string))),
    ];

    private string Describe(string? name)
    {
        var of = options.Get(name ?? Options.DefaultName);
        try
        {
            return ConnectionSettings.Read(configuration, name, of.ConnectionString, of.ConnectionStringKey).Description;
        }
        catch (PermanentJobException exception)
        {
            return exception.Message;
        }
    }
}
