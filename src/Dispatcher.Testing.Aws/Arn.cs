namespace Dispatcher.Testing.Aws;

/// <summary>Functions that write ARNs with the pseudo parameters of CloudFormation, as declarations do.</summary>
internal static class Arn
{
    public const string Partition = "${AWS::Partition}";
    public const string Region = "${AWS::Region}";
    public const string Account = "${AWS::AccountId}";

    public static bool Is(string? text) => text?.StartsWith("arn:", StringComparison.Ordinal) == true;

    /// <summary>Returns a name that is an ARN already as it is, and any other as a resource of a region and an account.</summary>
    public static string Regional(string service, string type, string name) =>
        Is(name) ? name : $"arn:{Partition}:{service}:{Region}:{Account}:{type}{name}";
}
