using Microsoft.Extensions.Options;

namespace Dispatcher.Retry;

[OptionsValidator]
internal sealed partial class RetryOptionsValidator : IValidateOptions<RetryOptions>;
