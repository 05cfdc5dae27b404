using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Plans;
using Dispatcher.Ui.Reports;
using Dispatcher.Ui.Runs;
using Dispatcher.Ui.Schedules;
using Dispatcher.Ui.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dispatcher.Ui.Hosting;

/// <summary>The addresses of the pages.</summary>
internal static class Routes
{
    /// <summary>Maps the pages.</summary>
    /// <param name="application">The server.</param>
    /// <param name="site">What the pages share.</param>
    public static void Map(WebApplication application, UiSite site)
    {
        var answers = new PageAnswers(site);
        void Page(string path, Func<PageRequest, Task<PageContent>> create) =>
            application.MapGet(path, (RequestDelegate)(context => answers.ShowAsync(context, create)));
        void Form(string path, Func<PageRequest, Task<string>> act) =>
            application.MapPost(path, (RequestDelegate)(context => answers.ActAsync(context, act)));

        Page("/", new StatusPage(site).CreateAsync);
        Page("/runs", new RunsPage(site).CreateAsync);
        Page("/run", new RunPage(site).CreateAsync);
        Page("/schedules", new SchedulesPage(site).CreateAsync);
        Page("/plans", new PlansPage(site).CreateAsync);
        Page("/plan", new PlanPage(site).CreateAsync);
        Page("/apply", new ApplyPage(site).CreateAsync);
        Page("/report", new ReportPages(site).CreateAsync);
        Page("/work/{id}", new WorkPage(site).CreateAsync);
        Form("/select", new PlanForms(site).SelectAsync);
        Form("/apply", new PlanForms(site).ApplyAsync);
        Form("/plans", new PlanForms(site).PlanAsync);
        Form("/stop", new PlanForms(site).StopAsync);
        application.MapGet("/ui.css", (RequestDelegate)(context => Asset.Style.WriteAsync(context)));
        application.MapGet("/ui.js", (RequestDelegate)(context => Asset.Script.WriteAsync(context)));
        application.MapFallback((RequestDelegate)(context => answers.ShowAsync(
            context, static _ => throw new PageNotFoundException("There is no such page."))));
    }
}
