using System.Text;
using Dispatcher.Http.Secrets;

namespace Dispatcher.Jobs.Http;

/// <summary>User and password of Basic authentication (RFC 7617).</summary>
/// <param name="User">The user's name.</param>
/// <param name="Password">The password; empty where a key is the user's name.</param>
internal sealed record BasicCredentials(string User, string Password)
{
    private const string Header = "Authorization";
    private const int MaxUserLength = 256;

    /// <summary>Gets the value of the header <c>Authorization</c>.</summary>
    public string Authorization => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Pair))}";

    /// <summary>Gets the texts that nothing may print.</summary>
    public IEnumerable<string> Secrets => Password.Length > 0 ? [Pair, Password] : [Pair, User];

    private string Pair => $"{User}:{Password}";

    /// <summary>
    /// Determines what is wrong with the parameters of Basic authentication. Values are not repeated: they may be secrets.
    /// </summary>
    public static IEnumerable<string?> Problems(HttpTriggerParameters parameters)
    {
        var (user, password) = (parameters.User, parameters.Password);
        yield return user is not null && ReferenceOf(user) is null && !IsName(user)
            ? "Parameter 'user' is neither a user's name (printable text without a colon) nor the name of a secret (the value is not "
              + "shown). Give the name, or ssm:NAME or secretsmanager:NAME#FIELD."
            : null;
        yield return password is not null && SecretReference.Parse(password) is null
            ? "Parameter 'password' is not a name of a secret (the value is not shown, in case it is the password itself). "
              + "Give the name of an environment variable in upper case, ssm:NAME or secretsmanager:NAME#FIELD."
            : null;

        // An API key as the user, without a password, has to be a secret.
        yield return parameters.Endpoint is null
                     && ((user is null && password is not null) || (user is not null && password is null && ReferenceOf(user) is null))
            ? "Parameters 'user' and 'password' go together. Give both or none; only a user that is the name of a secret, such as an API "
              + "key, needs no password."
            : null;
        yield return user is not null && Header.Equals(parameters.SecretHeader, StringComparison.OrdinalIgnoreCase)
            ? "Parameters 'user' and 'secretHeader' both set the header Authorization. Give one of them."
            : null;
    }

    /// <summary>Reads the credentials of a call.</summary>
    /// <returns>The credentials, or <see langword="null"/> if the call has none.</returns>
    public static async Task<BasicCredentials?> ReadAsync(
        HttpTriggerParameters parameters, SecretReader secrets, CancellationToken cancellationToken)
    {
        if (parameters.User is not { } given)
        {
            return null;
        }

        var user = ReferenceOf(given) is { } reference ? await secrets.ReadAsync(reference, cancellationToken) : given;
        if (!IsName(user))
        {
            throw new PermanentJobException(
                "The user of Basic authentication, which is kept as a secret, holds a colon or is too long. Correct it where it is kept.");
        }

        var password = parameters.Password is { } name
            ? await secrets.ReadTextAsync(SecretReference.Parse(name)!, cancellationToken)
            : string.Empty;
        return new BasicCredentials(user, password);
    }

    /// <summary>A user's name has no colon, so that a text with one is a reference.</summary>
    private static SecretReference? ReferenceOf(string user) =>
        user.Contains(':', StringComparison.Ordinal) ? SecretReference.Parse(user) : null;

    private static bool IsName(string user) =>
        user.Length is > 0 and <= MaxUserLength && !user.Any(static character => character == ':' || char.IsControl(character));
}
