using Dispatcher.Jobs.Http.HttpTrigger;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Http.Secrets;

/// <summary>Reads secrets by name.</summary>
internal sealed class SecretReader(IConfiguration configuration, SecretsExtension extension)
{
    /// <summary>Reads a secret.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The value, without white space around it: files and editors add line ends that no header can carry.</returns>
    /// <exception cref="PermanentJobException">There is no such secret, or it cannot stand in a header.</exception>
    /// <exception cref="EndpointException">The extension does not answer right now.</exception>
    public async Task<string> ReadAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        if (reference.IsReserved)
        {
            throw new PermanentJobException($"The secret cannot be {reference}: variables of AWS hold the function's own credentials. "
                                            + "Put the key into a variable of its own.");
        }

        var value = reference.Store == SecretStore.Environment
            ? configuration[reference.Name]
            : await extension.ReadAsync(reference, cancellationToken);

        if (string.IsNullOrWhiteSpace(value))
        {
            throw new PermanentJobException($"There is no secret in {reference}, or it is empty. Set it, or correct the parameter 'secret'.");
        }

        var trimmed = value.Trim();
        return trimmed.All(character => character is >= ' ' and <= '~')
            ? trimmed
            : throw new PermanentJobException($"The secret in {reference} holds characters that a header cannot carry. "
                                              + "It has to be printable ASCII in one line.");
    }
}
