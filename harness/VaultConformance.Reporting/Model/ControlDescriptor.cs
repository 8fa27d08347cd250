namespace VaultConformance.Reporting.Model;

/// <summary>What a control requires, independent of any run.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Revision">Rises whenever the meaning changes.</param>
/// <param name="Level">Level when the profile says nothing else.</param>
/// <param name="Title">The requirement in one sentence.</param>
/// <param name="Source">Where the requirement comes from.</param>
/// <param name="Remediation">What to change when it fails.</param>
/// <param name="Disruptive">True when verifying it restarts or changes the system.</param>
public sealed record ControlDescriptor(
    ControlId Id, int Revision, Requirement Level, string Title, string Source, string Remediation, bool Disruptive);
