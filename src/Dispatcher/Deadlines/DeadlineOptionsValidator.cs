using Microsoft.Extensions.Options;

namespace Dispatcher.Deadlines;

[OptionsValidator]
internal sealed partial class DeadlineOptionsValidator : IValidateOptions<DeadlineOptions>;
