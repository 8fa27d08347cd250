namespace VaultConformance.Reporting.Model;

/// <summary>
/// Something that makes several controls fail together. Judging names it from the facts; where none is named, the failure stands alone.
/// </summary>
public enum FailureCause
{
    /// <summary>The server answers in plain HTTP.</summary>
    TlsOff,

    /// <summary>The security context leaves the container more rights than it needs.</summary>
    SecurityContext,

    /// <summary>The root file system can be written.</summary>
    WritableRoot,
}

/// <summary>Says a cause in words.</summary>
public static class FailureCauseText
{
    /// <summary>The cause as a short sentence without a full stop.</summary>
    /// <param name="cause">The cause.</param>
    public static string Write(FailureCause cause) => cause switch
    {
        FailureCause.TlsOff => "TLS is off",
        FailureCause.SecurityContext => "The security context is too loose",
        FailureCause.WritableRoot => "The root file system is writable",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "There is no such cause."),
    };
}
