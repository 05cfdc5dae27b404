using System.Text.RegularExpressions;

namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to DynamoDB: https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html,
/// transactions: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html, and PartiQL:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html.
/// </summary>
internal static partial class DynamoDbPermissions
{
    private static readonly (string Member, string Action)[] Writes =
    [
        ("ConditionCheck", "dynamodb:ConditionCheckItem"),
        ("Delete", "dynamodb:DeleteItem"),
        ("Put", "dynamodb:PutItem"),
        ("Update", "dynamodb:UpdateItem"),
    ];

    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request) => operation switch
    {
        "TransactWriteItems" =>
            from item in request.Items("TransactItems")
            from write in Writes
            where item.Item(write.Member) is not null
            select new AwsPermission(write.Action, TableOf(item.Item(write.Member)!.Text("TableName"))),
        "TransactGetItems" => request.Items("TransactItems")
            .Select(item => new AwsPermission("dynamodb:GetItem", TableOf(item.Item("Get")?.Text("TableName")))),
        "BatchGetItem" or "BatchWriteItem" => RequestPermissions.Named("dynamodb", operation, request.Keys("RequestItems").Select(TableOf)),
        "ExecuteStatement" => OfStatement(request),
        "BatchExecuteStatement" => request.Items("Statements").SelectMany(OfStatement),
        "ExecuteTransaction" => request.Items("TransactStatements").SelectMany(OfStatement),
        "Query" or "Scan" when request.Text("IndexName") is { } index =>
            RequestPermissions.Named("dynamodb", operation, $"{TableOf(request.Text("TableName"))}/index/{index}"),
        "DescribeEndpoints" or "DescribeLimits" or "ListBackups" or "ListGlobalTables" or "ListTables" =>
            RequestPermissions.Named("dynamodb", operation, "*"),
        _ => RequestPermissions.Named("dynamodb", operation, TableOf(request.Text("TableName")) ?? request.FirstArn()),
    };

    private static string? TableOf(string? name) => name is null ? null : Arn.Regional("dynamodb", "table/", name);

    private static IEnumerable<AwsPermission> OfStatement(RequestValues request)
    {
        foreach (Match statement in Statement().Matches(Literal().Replace(request.TextOr("Statement", string.Empty), "''")))
        {
            var action = statement.Groups["verb"].Value.ToUpperInvariant() switch
            {
                "DELETE" => "dynamodb:PartiQLDelete",
                "INSERT" => "dynamodb:PartiQLInsert",
                "UPDATE" => "dynamodb:PartiQLUpdate",
                _ => "dynamodb:PartiQLSelect",
            };
            var table = TableOf(statement.Groups["table"].Value);
            yield return new AwsPermission(
                action, statement.Groups["index"] is { Success: true } index ? $"{table}/index/{index.Value}" : table);
        }
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Literal();

    [GeneratedRegex(
        """
        \b(?<verb>SELECT|DELETE|INSERT|UPDATE)\b (?:"[^"]*" | (?!\b(?:FROM|INTO)\b)[^"])*? (?:\b(?:FROM|INTO)\b | (?<=\bUPDATE\b))
        \s+ "?(?<table>[A-Za-z0-9_.:/-]+?)"? (?:\."(?<index>[^"]+)")? (?=[\s;]|$)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();
}
