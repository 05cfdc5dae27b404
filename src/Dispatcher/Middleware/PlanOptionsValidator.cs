using Dispatcher.Plans;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

[OptionsValidator]
internal sealed partial class PlanOptionsValidator : IValidateOptions<PlanOptions>;
