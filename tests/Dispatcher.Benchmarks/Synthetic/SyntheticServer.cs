using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Benchmarks.Synthetic;

/// <summary>Serves <see cref="SyntheticUploads"/> over HTTP, each request after a delay. <c>GET /remaining</c> answers
/// how many sessions are left, how many requests came, and how many milliseconds lie between the first and the last.</summary>
internal static class SyntheticServer
{
    public static async Task<int> RunAsync(int port, int count, bool expired, int delayMs)
    {
        var uploads = new SyntheticUploads(count, expired);
        var dynamoDb = new SyntheticDynamoDb(uploads);
        var s3 = new SyntheticS3(uploads);
        var requests = 0;
        var (first, last) = (0L, 0L);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Path == "/remaining")
            {
                var milliseconds = (last - first) / TimeSpan.TicksPerMillisecond;
                await context.Response.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{uploads.RemainingSessions} {Volatile.Read(ref requests)} {milliseconds}"));
                return;
            }

            Interlocked.Increment(ref requests);
            Interlocked.CompareExchange(ref first, DateTime.UtcNow.Ticks, 0);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            body.Position = 0;
            if (delayMs > 0)
            {
                await Task.Delay(delayMs);
            }

            var answer = context.Request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target
                ? dynamoDb.Answer(target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..], body)
                : s3.Answer(
                    context.Request.Method,
                    context.Request.Path,
                    context.Request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()),
                    body);
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.Type;
            if (context.Request.Method == HttpMethods.Head)
            {
                context.Response.Headers.ETag = SyntheticS3.ETag;
                context.Response.Headers.LastModified = SyntheticS3.LastModified.ToString("R", CultureInfo.InvariantCulture);
                context.Response.ContentLength = 1_000;
                return;
            }

            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes);
            Volatile.Write(ref last, DateTime.UtcNow.Ticks);
        });
        await app.RunAsync();
        return 0;
    }
}
