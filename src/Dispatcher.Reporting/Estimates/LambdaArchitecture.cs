namespace Dispatcher.Reporting.Estimates;

/// <summary>The processor architecture of a Lambda function, which determines the price of its time.</summary>
public enum LambdaArchitecture
{
    /// <summary>64-bit x86.</summary>
    X86,

    /// <summary>64-bit ARM (Graviton).</summary>
    Arm,
}
