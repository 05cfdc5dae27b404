using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Http.Secrets;

/// <summary>A reader of secrets, from the environment, Parameter Store and Secrets Manager.</summary>
/// <param name="client">The client that reads from the secrets extension.</param>
/// <param name="configuration">The environment.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class SecretReader(
    [FromKeyedServices(GuardedHttpClient.Key)] HttpClient client, IConfiguration configuration, TimeProvider timeProvider)
{
    private readonly SecretsExtension _extension = new(client, configuration, timeProvider);

    /// <summary>Reads a secret that a header has to carry as it is.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The value, without white space around it: files and editors add line ends that no header can carry.</returns>
    /// <exception cref="PermanentJobException">The secret does not exist, or a header cannot carry it.</exception>
    /// <exception cref="TransientJobException">The extension does not answer at the moment.</exception>
    public async Task<string> ReadAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        var value = await ReadValueAsync(reference, cancellationToken);
        var trimmed = value.Trim();
        return trimmed.All(character => character is >= ' ' and <= '~')
            ? trimmed
            : throw new PermanentJobException(
                $"The secret in {reference} holds characters that a header cannot carry. It has to be printable ASCII in one line.");
    }

    /// <summary>Reads a secret that is encoded before it is sent, such as a password, and may have any characters.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The value, without line ends behind it.</returns>
    /// <exception cref="PermanentJobException">The secret does not exist, or has control characters.</exception>
    /// <exception cref="TransientJobException">The extension does not answer at the moment.</exception>
    public async Task<string> ReadTextAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        var value = (await ReadValueAsync(reference, cancellationToken)).TrimEnd('\r', '\n');
        return value.Any(char.IsControl)
            ? throw new PermanentJobException($"The secret in {reference} holds control characters. It has to be text in one line.")
            : value;
    }

    private async Task<string> ReadValueAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);

        if (reference.IsReserved)
        {
            throw new PermanentJobException(
                $"The secret cannot be {reference}: variables of AWS hold the function's own credentials. "
                + "Put the key into another variable.");
        }

        var value = reference.Store == SecretStore.Environment
            ? configuration[reference.Name]
            : await _extension.ReadAsync(reference, cancellationToken);
        return string.IsNullOrWhiteSpace(value)
            ? throw new PermanentJobException($"There is no secret in {reference}, or it is empty. Set it, or correct its name.")
            : value;
    }
}
