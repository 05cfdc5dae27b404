using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda.SqsBatches;

[OptionsValidator]
internal sealed partial class SqsBatchOptionsValidator : IValidateOptions<SqsBatchOptions>;
