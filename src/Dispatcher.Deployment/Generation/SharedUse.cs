using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>What several deployments share, and which.</summary>
/// <param name="Shared">What they share.</param>
/// <param name="Users">The deployments, in the order of their registration.</param>
internal sealed record SharedUse(SharedDeployment Shared, IReadOnlyList<DeploymentDescription> Users);
