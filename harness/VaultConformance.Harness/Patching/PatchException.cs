namespace VaultConformance.Harness.Patching;

/// <summary>A patch, or the objects it should change, cannot be used as given. The message names the file and the place.</summary>
/// <param name="message">What is wrong, what was found, what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class PatchException(string message, Exception? innerException = null)
    : HarnessException(FailureKind.Configuration, message, innerException);
