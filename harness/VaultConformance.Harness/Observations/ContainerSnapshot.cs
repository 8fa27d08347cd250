namespace VaultConformance.Harness.Observations;

/// <summary>
/// What a container showed from inside, before anything was made of it, so that a corrected parser can judge old evidence again. Secrets
/// are masked; values of environment variables that may hold one never leave the container.
/// </summary>
/// <param name="Parts">The parts by name, for example <c>process 1 status</c> or <c>mountinfo</c>.</param>
public sealed record ContainerSnapshot(IReadOnlyDictionary<string, SnapshotPart> Parts);

/// <summary>One part of a snapshot.</summary>
/// <param name="ExitCode">How the command that shows it ended; 0 means that it could be read.</param>
/// <param name="Text">Its content as text; null when it is not UTF-8.</param>
/// <param name="Bytes">Its content where it is not text; null when it is.</param>
public sealed record SnapshotPart(int ExitCode, string? Text, byte[]? Bytes);
