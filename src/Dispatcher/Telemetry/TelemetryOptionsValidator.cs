using Microsoft.Extensions.Options;

namespace Dispatcher.Telemetry;

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
