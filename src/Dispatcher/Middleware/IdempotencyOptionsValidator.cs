using Dispatcher.Hosting;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

[OptionsValidator]
internal sealed partial class IdempotencyOptionsValidator : IValidateOptions<IdempotencyOptions>;
