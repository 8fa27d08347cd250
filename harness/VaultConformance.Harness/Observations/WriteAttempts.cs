namespace VaultConformance.Harness.Observations;

/// <summary>What happened when a file was created in a directory and removed again.</summary>
/// <param name="Attempts">One per directory.</param>
public sealed record WriteAttempts(IReadOnlyList<WriteAttempt> Attempts);

/// <summary>One attempt.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Result">What happened.</param>
/// <param name="Message">The system's text when refused.</param>
public sealed record WriteAttempt(string Directory, WriteResult Result, string Message);

/// <summary>How an attempt to write ended.</summary>
public enum WriteResult
{
    /// <summary>The file was created.</summary>
    Written,

    /// <summary>EROFS: the file system is read-only. Only this proves immutability.</summary>
    ReadOnlyFileSystem,

    /// <summary>EACCES or EPERM: this user may not; another could.</summary>
    PermissionDenied,

    /// <summary>The directory does not exist.</summary>
    NotFound,

    /// <summary>Anything else, see the message.</summary>
    Other,
}
