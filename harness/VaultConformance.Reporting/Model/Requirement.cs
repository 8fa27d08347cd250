namespace VaultConformance.Reporting.Model;

/// <summary>How binding a control is, in the words of RFC 2119.</summary>
public enum Requirement
{
    /// <summary>Information; never changes the verdict.</summary>
    May,

    /// <summary>Recommended; a failure is shown but the release can still be conformant.</summary>
    Should,

    /// <summary>Required; a failure makes the release non-conformant.</summary>
    Must,
}

/// <summary>What became of a control.</summary>
public enum Outcome
{
    /// <summary>Proved to hold.</summary>
    Passed,

    /// <summary>Proved not to hold.</summary>
    Failed,

    /// <summary>Failed, and the deviation is declared and still valid.</summary>
    Waived,

    /// <summary>Does not apply here; always with a reason.</summary>
    NotApplicable,

    /// <summary>Could not be told; always with a reason, never counted as passed.</summary>
    Inconclusive,

    /// <summary>Only what is declared was judged, and nothing of it speaks against the control. It proves nothing.</summary>
    Declared,

    /// <summary>Only what is declared was judged, and nothing of it decides the control: only a run can tell.</summary>
    RunOnly,
}

/// <summary>The judgement on a release.</summary>
public enum Verdict
{
    /// <summary>Every required control passed or does not apply.</summary>
    Conformant,

    /// <summary>At least one required control failed.</summary>
    NonConformant,

    /// <summary>No required control failed, but at least one could not be told or did not run.</summary>
    Incomplete,

    /// <summary>Only what is declared was judged, and no required control failed. It is no word on any release.</summary>
    Declared,
}
