using Microsoft.Extensions.Options;

namespace Dispatcher.Continuations;

[OptionsValidator]
internal sealed partial class ContinuationOptionsValidator : IValidateOptions<ContinuationOptions>;
