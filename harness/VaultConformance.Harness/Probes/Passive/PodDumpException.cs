namespace VaultConformance.Harness.Probes.Passive;

/// <summary>A container did not show what a control needs, or what it showed cannot be understood.</summary>
internal sealed class PodDumpException(string message, Exception? innerException = null)
    : HarnessException(FailureKind.Environment, message, innerException);
