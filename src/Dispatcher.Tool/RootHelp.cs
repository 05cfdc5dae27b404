using System.Text;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool;

/// <summary>The end of the tool's own help text: examples, exit codes and environment variables.</summary>
internal static class RootHelp
{
    private const string Beginning = """
        Examples:
          {tool} list ## list the registered jobs
          {tool} describe JOB ## show a job's parameters
          {tool} run JOB --dry-run ## show the planned changes
          {tool} run JOB --dry-run --plan plan.jsonl ## write them to a file
          {tool} apply plan.jsonl ## make exactly these changes
          {tool} status ## show which jobs need a person
          {tool} history --since 7d ## list the runs of a week
          {tool} restore 01a201f6-fd83 --dry-run ## take back what a run has done
          {tool} redrive --stack maintenance ## list what failed for good
          {tool} schedules ## list triggers and next times
          {tool} events test --event event.json ## say which job an event starts
          {tool} template ## write serverless.template from the jobs
          {tool} report --html report.html ## chart the last weeks
          {tool} schedules advise ## find schedules that cost less
          {tool} export --to exports ## runs and changes for Athena or DuckDB

        Exit codes:
          0    succeeded, planned (dry run), skipped or continued
          1    failed
          2    invalid input: nothing has run
          3    completed, but some items failed
          130  cancelled by Ctrl+C

        Environment variables:
          DRY_RUN=true ## make every run a dry run; no option overrides it
          MAX_CHANGES ## the maximum number of changes per run
          MAX_CHANGES_PERCENT, MAX_BYTES, MAX_CHANGES_PER_SECOND ## other limits
          JOB_NAME_MAX_CHANGES, … ## replace the limits of one job's registration

        """;

    private const string End = """
          RUNS_TABLE ## the DynamoDB table of runs, instead of .local
          DISPATCH_STACK ## the stack of status, logs, redrive, pause and resume
          RUNS_FILE ## the SQLite file of runs, instead of .local/runs.db
          AUDIT_BUCKET ## the S3 bucket of audit trails, in addition to .local
          PLAN_BUCKET ## the S3 bucket of plans
          AUDIT_LINES=true ## write audit trails to standard error as well
          METRICS_SINK=cloudwatch ## send the metrics of runs to CloudWatch
          AWS_CALL_TIMEOUT_SECONDS ## the time limit of a call to AWS (30; 10 if it never answered)
          AWS_ENDPOINT_URL, AWS_PROFILE, AWS_REGION, … ## as for every AWS tool
          NO_COLOR ## no colours
          others ## set parameters of jobs; see '{tool} describe JOB'

        """;

    /// <summary>Creates the text. It names no job, so that none is read.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="variables">The environment variables of the jobs, with a few words each.</param>
    /// <returns>The text.</returns>
    public static string Create(ToolContext tool, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder(Beginning);
        foreach (var (name, words) in variables)
        {
            text.Append("  ").Append(name).Append(" ## ").Append(words).Append('\n');
        }

        return ExampleText.Render(text.Append(End).ToString(), tool);
    }
}
