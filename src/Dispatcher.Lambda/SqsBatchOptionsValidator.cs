using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda;

[OptionsValidator]
internal sealed partial class SqsBatchOptionsValidator : IValidateOptions<SqsBatchOptions>;
