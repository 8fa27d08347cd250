using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Attestation;

/// <summary>What an attestation speaks about: the report of a run, the bundle that holds it, and what the run was configured by.</summary>
/// <param name="Report">The report, as it was recomputed from the bundle.</param>
/// <param name="Bundle">The bundle: its file name and the digest of all its bytes.</param>
/// <param name="Profile">Reference of the profile and the digest of its text.</param>
/// <param name="Waivers">The waiver files that the run was given; empty when it was given none.</param>
/// <param name="Plan">The record of what was planned.</param>
internal sealed record AttestedRun(
    ConformanceReport Report, DigestedText Bundle, DigestedText Profile, IReadOnlyList<DigestedText> Waivers, DigestedText Plan);

/// <summary>Something that is named and identified by its content.</summary>
/// <param name="Name">For example <c>run-1.vcb</c> or <c>baseline@1.0</c>.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits in lower case.</param>
internal sealed record DigestedText(string Name, string Sha256);
