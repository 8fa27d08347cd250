using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>What the results of a run say about the waivers that it was given.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Statuses">What became of each waiver.</param>
internal sealed record AuditedRun(string RunId, IReadOnlyList<WaiverStatus> Statuses);
