using System.Net;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Ui.Hosting;

/// <summary>The server of the pages, on 127.0.0.1 only.</summary>
internal sealed class UiServer : IAsyncDisposable
{
    private const long MaxFormLength = 8 * 1024 * 1024;
    private const int MaxTicks = 200_000;

    private readonly WebApplication _application;
    private readonly WorkList _work;

    private UiServer(WebApplication application, WorkList work, Uri address)
    {
        (_application, _work, Address) = (application, work, address);
    }

    /// <summary>Gets the address with the token.</summary>
    public Uri Address { get; }

    /// <summary>Gets the runs that pages have started.</summary>
    public WorkList Work => _work;

    /// <summary>Starts a server.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="services">The services of the command, which outlive the server.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server.</returns>
    /// <exception cref="CommandFailedException">The port is in use.</exception>
    public static async Task<UiServer> StartAsync(
        ToolContext tool, IServiceProvider services, UiSettings settings, CancellationToken cancellationToken)
    {
        var token = new AccessToken();
        var application = Build(settings.Port);
        var work = new WorkList(tool, services.GetRequiredService<TimeProvider>());
        try
        {
            application.Use(next => context => new RequestGuard(token, settings.AllowRuns).InvokeAsync(context, next));
            Routes.Map(application, new UiSite(tool, services, settings, work, token.Form));
            await application.StartAsync(cancellationToken);
            return new UiServer(application, work, new Uri($"{application.Urls.Single()}/?{RequestGuard.Field}={token.Value}"));
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new CommandFailedException(
                $"The pages cannot be served on port {settings.Port} of 127.0.0.1: {exception.Message} Choose another --port, or none.");
        }
    }

    /// <summary>Stops the run that is at work, if there is one, and then the server.</summary>
    /// <returns>A task that ends when both have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        await _application.DisposeAsync();
    }

    /// <summary>Builds the server without settings of the environment: no variable can make it listen elsewhere.</summary>
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxFormLength;
            kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(static form => form.ValueCountLimit = MaxTicks);
        return builder.Build();
    }
}
