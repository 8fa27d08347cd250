namespace VaultConformance.Reporting.Model;

/// <summary>What to change after a run: one change of the values for everything that values can mend, and what they cannot.</summary>
/// <param name="File">The values file that is changed, as it is named in reports.</param>
/// <param name="Text">The whole file with the change; null when there is nothing to change.</param>
/// <param name="Diff">The change as a unified diff; empty when there is none.</param>
/// <param name="Mended">Controls that the change mends.</param>
/// <param name="Rest">Failed controls that it does not mend.</param>
/// <param name="Needs">What has to be there before the changed values can be installed.</param>
/// <param name="Notes">What a reader of the file has to know.</param>
internal sealed record RunFix(
    string File,
    string? Text,
    string Diff,
    IReadOnlyList<MendedControl> Mended,
    IReadOnlyList<UnmendedControl> Rest,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Notes)
{
    /// <summary>Name of the changed file in the output folder.</summary>
    public const string FileName = "fix.yaml";

    /// <summary>The values files before the changed one, as they are named in reports; they stay.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Lines of the changed file, from 1, in which a secret is masked: it is not usable before they are filled in.</summary>
    public IReadOnlyList<int> MaskedLines { get; init; } = [];
}

/// <summary>A control that the change of the values mends.</summary>
/// <param name="Id">The control.</param>
/// <param name="After">The control that it follows from; null when the change is its own.</param>
internal sealed record MendedControl(ControlId Id, ControlId? After);

/// <summary>A control that the change of the values does not mend.</summary>
/// <param name="Id">The control.</param>
/// <param name="Kind">What can mend it.</param>
/// <param name="Reason">Why values cannot, or what to do.</param>
internal sealed record UnmendedControl(ControlId Id, MendedBy Kind, string Reason);
