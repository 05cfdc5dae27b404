using System.Text.RegularExpressions;

namespace Dispatcher.Http.Secrets;

/// <summary>
/// The name of a secret: <c>INTERNAL_KEY</c> (an environment variable), <c>ssm:/maintenance/internal-key</c> (Parameter Store),
/// <c>secretsmanager:maintenance/api</c> or, for one field of a JSON secret, <c>secretsmanager:maintenance/api#key</c>.
/// </summary>
/// <param name="Store">Where the secret is kept.</param>
/// <param name="Name">Its name there, or its ARN.</param>
/// <param name="Field">The field of a JSON secret, if it is one.</param>
public sealed partial record SecretReference(SecretStore Store, string Name, string? Field = null)
{
    private const string ParameterPrefix = "ssm:";
    private const string SecretPrefix = "secretsmanager:";

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The reference, or <see langword="null"/> if the text is not a name of a secret.</returns>
    public static SecretReference? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (text.StartsWith(ParameterPrefix, StringComparison.Ordinal) && StoredName().IsMatch(text[ParameterPrefix.Length..]))
        {
            return new SecretReference(SecretStore.ParameterStore, text[ParameterPrefix.Length..]);
        }

        if (text.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            var name = text[SecretPrefix.Length..].Split('#', 2);
            return StoredName().IsMatch(name[0]) && name is [_] or [_, { Length: > 0 }]
                ? new SecretReference(SecretStore.SecretsManager, name[0], name.ElementAtOrDefault(1))
                : null;
        }

        return VariableName().IsMatch(text) ? new SecretReference(SecretStore.Environment, text) : null;
    }

    /// <summary>
    /// Gets a value indicating whether the variable belongs to AWS: such variables hold the function's own credentials, which a payload
    /// must not be able to send anywhere.
    /// </summary>
    public bool IsReserved =>
        Store == SecretStore.Environment
        && (Name.StartsWith("AWS_", StringComparison.Ordinal) || Name.StartsWith("LAMBDA_", StringComparison.Ordinal));

    /// <summary>Formats the name for an error. It is not the secret.</summary>
    public override string ToString() => Store switch
    {
        SecretStore.Environment => $"the environment variable {Name}",
        SecretStore.ParameterStore => $"the parameter '{Name}' of Parameter Store",
        _ => $"{(Field is null ? string.Empty : $"the field '{Field}' of ")}the secret '{Name}' of Secrets Manager",
    };

    // Upper case only: a key that was put here by mistake is not mistaken for a name, and so is not repeated in an error.
    [GeneratedRegex("^[A-Z][A-Z0-9_]{0,127}$")]
    private static partial Regex VariableName();

    [GeneratedRegex("^[A-Za-z0-9/_+=.@:!-]{1,2048}$")]
    private static partial Regex StoredName();
}
