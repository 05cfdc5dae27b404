using Acme.Tool;
using Dispatcher.Tool;
using Dispatcher.Ui;

namespace Acme.Ui;

internal static class AcmeToolWithPages
{
    public static Task<int> RunAsync(string[] args) =>
        DispatchTool.RunAsync(args, AcmeJobs.Add, options => options.AddUi());
}
