using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.ShardTool;

/// <summary>The command line over <see cref="FolderJob"/>.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Tool.DispatchTool.RunAsync(
        args,
        static builder => builder
            .AddJob<FolderJob>(FolderJob.Name, static options =>
            {
                options.MaxShards = 8;
                options.PreventOverlap();
            }),
        static options => options.Name = "shards");
}
