namespace VaultConformance.Harness.Diagnostics;

/// <summary>What to collect when something went wrong.</summary>
/// <param name="Folder">Where to write; created when missing.</param>
/// <param name="Namespace">Namespace of the release.</param>
/// <param name="Failure">What went wrong; null when diagnostics are collected for their own sake.</param>
/// <param name="HelmHistory">Gives the output of <c>helm history</c>; null when there is no release.</param>
internal sealed record DiagnosticsRequest(
    string Folder, string Namespace, Exception? Failure, Func<CancellationToken, Task<string>>? HelmHistory);

/// <summary>What was collected.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Files">Names of the files, relative to the folder.</param>
/// <param name="Problems">What could not be collected, one sentence each.</param>
public sealed record DiagnosticsResult(string Folder, IReadOnlyList<string> Files, IReadOnlyList<string> Problems);
