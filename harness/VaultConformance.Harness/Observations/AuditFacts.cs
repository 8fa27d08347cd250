namespace VaultConformance.Harness.Observations;

/// <summary>The audit devices of the server, and what became of a marked request in each of them.</summary>
/// <param name="Pod">Pod of the active server, which served the request.</param>
/// <param name="Devices">Every device, by path.</param>
public sealed record AuditFacts(string Pod, IReadOnlyList<AuditDevice> Devices);

/// <summary>An audit device.</summary>
/// <param name="Path">Its path with the slash at the end.</param>
/// <param name="Type">For example <c>file</c>.</param>
/// <param name="Options">Its options, as far as controls use them.</param>
/// <param name="Trace">What was found of the marked request; null when it was not looked for, or could not be.</param>
/// <param name="TraceProblem">Why not; null when it was looked for.</param>
/// <param name="File">The file that it writes to; null where it writes to none, or the file could not be looked at.</param>
/// <param name="FileProblem">Why the file could not be looked at; null when it was, or when there is none.</param>
public sealed record AuditDevice(
    string Path,
    string Type,
    IReadOnlyDictionary<string, string> Options,
    AuditTrace? Trace,
    string? TraceProblem,
    AuditFile? File,
    string? FileProblem)
{
    /// <summary>Type of the devices that write to a file or to the standard output.</summary>
    public const string FileType = "file";

    /// <summary>Name of the standard output among the options.</summary>
    public const string StandardOutput = "stdout";

    /// <summary>Where a file device writes; empty for one of another type.</summary>
    public string Destination =>
        Type == FileType ? Options.GetValueOrDefault("file_path") ?? Options.GetValueOrDefault("path") ?? string.Empty : string.Empty;
}

/// <summary>What a device kept of a request whose value is known.</summary>
/// <param name="Hashed">True where the device's own digest of the value was found.</param>
/// <param name="Plain">True where the value itself was found.</param>
public sealed record AuditTrace(bool Hashed, bool Plain)
{
    /// <summary>True when the request was found at all.</summary>
    public bool IsFound => Hashed || Plain;
}

/// <summary>The file of a device.</summary>
/// <param name="Mode">Its mode in octal digits, for example <c>600</c>; null when it could not be read.</param>
/// <param name="TotalKib">Size of its file system in KiB; null when it could not be read.</param>
/// <param name="FreeKib">What is free of it; null when it could not be read.</param>
public sealed record AuditFile(string? Mode, long? TotalKib, long? FreeKib);
