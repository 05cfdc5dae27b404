using System.CommandLine;
using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>The command <c>report</c>: reports on the runs of a period.</summary>
internal static class ReportCommand
{
    private const string DefaultPeriod = "30d";
    private const string Arm = "arm64";
    private const string X86 = "x86_64";

    private const string Examples = """
        Examples:
          {tool} report ## a summary in the terminal
          {tool} report --html report.html ## a page to open or send
          {tool} report {job} --since 24h ## one job, hour by hour
          {tool} report --time-zone Europe/Berlin --html - > report.html
          RUNS_TABLE=maintenance-runs {tool} report --html report.html

        Without RUNS_TABLE it reports on the runs of this machine, as 'history'
        does. The command only reads.

        It begins with the status of the jobs now, by the rule of '{tool} status'
        and, with --stack, by what is deployed.

        The page is one file without dependencies: no script, font or network access.
        Periods of up to 2 days are shown by hour, up to 90 days by day, longer ones
        by week.

        Amounts of money are estimates based on list prices of us-east-1. The page
        states their assumptions; set your own prices in US dollars.

        Exit codes: 0 success (including no runs); 1 cannot read the history or write
        the file; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("report", "Report on past runs, as an HTML page or a summary.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var job = JobArgument.Create(tool);
        job.Arity = ArgumentArity.ZeroOrOne;
        job.Description = "Show only runs of this job.";
        var since = SinceOption.Create(DefaultPeriod);
        var html = new Option<string?>(
            "--html") { Description = "Write an HTML page to a file, or to standard output with '-'.", HelpName = "FILE" };
        var zone = TimeZoneOption.Create("The time zone of days and hours");
        var sources = new StatusSourceOptions();
        var storage = StoragePrices.CreateOption();
        var compute = CreatePrice("--compute-price", "US dollars per GB-second of Lambda (default: the list price for --architecture).");
        var requests = CreatePrice("--request-price", "US dollars per million requests of Lambda.");
        requests.DefaultValueFactory = _ => PriceList.DefaultMillionRequests;
        var architecture =
            new Option<string>("--architecture") { Description = "The processor of the function.", DefaultValueFactory = _ => X86 };
        architecture.AcceptOnlyFromAmong(X86, Arm);

        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            job, since, html, zone, storage, compute, requests, architecture,
        };
        sources.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ReportAsync(
            tool,
            () => sources.Build(tool, parsed),
            services => sources.Create(tool, services, parsed),
            parsed.GetValue(since) ?? DefaultPeriod,
            new ReportRequest(
                parsed.GetValue(job),
                TimeZoneOption.Read(parsed.GetRequiredValue(zone)),
                new PriceList
                {
                    LambdaGigabyteSecond = parsed.GetValue(compute) ?? PriceList.DefaultLambdaGigabyteSecond(
                        parsed.GetValue(architecture) == Arm ? LambdaArchitecture.Arm : LambdaArchitecture.X86),
                    LambdaMillionRequests = parsed.GetValue(requests) ?? PriceList.DefaultMillionRequests,
                },
                parsed.GetValue(html)),
            parsed.GetValue(storage) ?? [],
            cancellationToken));
        return command;
    }

    private static async Task<int> ReportAsync(
        ToolContext tool,
        Func<ServiceProvider> build,
        Func<IServiceProvider, StatusSource> createStatus,
        string since,
        ReportRequest request,
        string[] storage,
        CancellationToken cancellationToken)
    {
        await using var services = build();
        var configuration = services.GetRequiredService<IConfiguration>();
        var prices = StoragePrices.AddTo(request.Prices, storage, configuration);
        var report = new HistoryReport(
            tool, services.GetRequiredService<IRunHistory>(), services.GetRequiredService<JobRegistry>(),
                services.GetRequiredService<TimeProvider>(), createStatus(services));
        return await report.RunAsync(since, request with { Prices = prices }, cancellationToken);
    }

    private static Option<double?> CreatePrice(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "PRICE" };
        NumberText.RefuseComma(option);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(double.TryParse(text, CultureInfo.InvariantCulture, out var price) && price is >= 0 and <= StoragePrices.Highest))
            {
                result.AddError(
                    $"'{text}' is not a price. Set '{name}' to an amount of US dollars from 0 to {StoragePrices.Highest}, such as 0.023.");
            }
        });
        return option;
    }
}
