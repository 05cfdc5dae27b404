using System.Diagnostics;
using System.Text.Json;

namespace Dispatcher.Tool.Tests.Commands.Exports;

/// <summary>DuckDB, in a process of Node.js.</summary>
internal static class DuckDb
{
    private const string Package = "@duckdb/node-api";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private const string Script = """
        const { DuckDBInstance } = require(process.argv[1]);
        (async () => {
          const connection = await (await DuckDBInstance.create()).connect();
          const rows = await connection.runAndReadAll(process.argv[2]);
          process.stdout.write(JSON.stringify(rows.getRowsJson()));
        })().catch(error => { console.error(error.message); process.exit(1); });
        """;

    /// <summary>Runs a query.</summary>
    /// <param name="root">The root of the repository.</param>
    /// <param name="directory">The directory that paths in the query are relative to.</param>
    /// <param name="query">The query.</param>
    /// <returns>The rows: arrays of values, numbers of 64 bits as text.</returns>
    public static async Task<JsonElement> QueryAsync(string root, string directory, string query)
    {
        var module = Path.Combine(root, ".local", "npm", "node_modules", "@duckdb", "node-api");
        Assert.That(module, Does.Exist, $"Run tests/run, or: npm install --prefix .local/npm {Package}");
        using var process = Process.Start(new ProcessStartInfo("node", ["-e", Script, module, query])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"DuckDB did not answer within {Limit}: {query}");
        }

        Assert.That(process.ExitCode, Is.Zero, () => $"{query}\n{error.Result}");
        return JsonElement.Parse(await output);
    }
}
