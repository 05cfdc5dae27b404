namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>A step at which moto answers otherwise than AWS.</summary>
/// <param name="Step">The step of the transcript.</param>
/// <param name="Answer">The answer of AWS, which the fake gives.</param>
/// <param name="Reference">Where AWS documents it.</param>
internal sealed record MotoDeviation(string Step, string Answer, string Reference);
