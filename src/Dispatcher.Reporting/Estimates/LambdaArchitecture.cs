namespace Dispatcher.Reporting.Estimates;

/// <summary>Is the processor of a Lambda function: the price of its time depends on it.</summary>
internal enum LambdaArchitecture
{
    /// <summary>64-bit x86.</summary>
    X86,

    /// <summary>64-bit ARM (Graviton).</summary>
    Arm,
}
