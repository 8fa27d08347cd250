namespace VaultConformance.Harness.Observations;

/// <summary>The files that matter to controls, and leftovers that should not be there.</summary>
/// <param name="Files">
/// The server's executable, every <c>-config</c> argument (the files in a folder, and the folder), TLS files; by path.
/// </param>
/// <param name="Leftovers">Core files, profiles, tokens and shell histories that were found; full paths.</param>
/// <param name="VaultVersion">Exit code and first line of <c>vault version</c> run in the container.</param>
/// <param name="LoadedConfig">
/// Structure of the configuration files the server was started with; values that may be secret are masked.
/// </param>
public sealed record FileFacts(
    IReadOnlyList<FileEntry> Files,
    IReadOnlyList<string> Leftovers,
    CommandOutcome VaultVersion,
    IReadOnlyList<ConfigText> LoadedConfig);

/// <summary>One file.</summary>
/// <param name="Path">Path as asked for.</param>
/// <param name="Purpose">
/// Why it was checked: <c>executable</c>, <c>config</c>, <c>config-folder</c>, <c>tls-certificate</c>, <c>tls-key</c>,
/// <c>tls-client-ca</c>.
/// </param>
/// <param name="Exists">False when it is not there.</param>
/// <param name="OwnerUid">Owner; null when it could not be read.</param>
/// <param name="OwnerGid">Group; null when it could not be read.</param>
/// <param name="Mode">
/// Permission bits of the file itself (links followed), octal without leading zero; null when it could not be read.
/// </param>
/// <param name="WritableByServer">
/// Result of opening the file for appending as the container's user, without writing; null when it could not be tried.
/// </param>
/// <param name="Replaceable">
/// True when a file can be created in its directory, so that it could be swapped; null when it could not be tried.
/// </param>
/// <param name="FirstCertificateSha256">SHA-256 of the DER of the first PEM certificate in it, hexadecimal; only for certificates.</param>
public sealed record FileEntry(
    string Path,
    string Purpose,
    bool Exists,
    long? OwnerUid,
    long? OwnerGid,
    string? Mode,
    bool? WritableByServer,
    bool? Replaceable,
    string? FirstCertificateSha256);

/// <summary>How a command in the container ended.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">First line of what it printed.</param>
public sealed record CommandOutcome(int ExitCode, string Output);

/// <summary>The text of one configuration file with possible secrets masked.</summary>
/// <param name="Path">Path in the container or key of the ConfigMap.</param>
/// <param name="Text">HCL or JSON text; values of sensitive keys are replaced by <c>***</c>.</param>
public sealed record ConfigText(string Path, string Text);

/// <summary>The commands of the preStop hook.</summary>
/// <param name="Command">The hook as admitted; empty when the pod has none.</param>
/// <param name="Words">Every command word of it.</param>
/// <param name="Missing">The words that do not resolve in the image.</param>
public sealed record PreStopFacts(IReadOnlyList<string> Command, IReadOnlyList<string> Words, IReadOnlyList<string> Missing);
