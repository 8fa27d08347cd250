
namespace VaultConformance.Reporting.Model;

/// <summary>A declared deviation: one control may fail, within a scope, for a reason, until a day. The control still runs.</summary>
/// <param name="Id">Name of the waiver, unique in its file.</param>
/// <param name="Control">The control.</param>
/// <param name="Scope">Where it holds.</param>
/// <param name="Reason">Why the deviation is accepted.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="ApprovedBy">Who accepted it.</param>
/// <param name="Expires">Last day on which it holds, to its end in UTC.</param>
/// <param name="Link">Where it is discussed; null when nothing is given.</param>
public sealed record Waiver(
    string Id, ControlId Control, WaiverScope Scope, string Reason, string Owner, string ApprovedBy, DateOnly Expires, string? Link);

/// <summary>Where a waiver holds; what is null does not narrow it.</summary>
/// <param name="Chart">Range of chart versions, for example <c>&gt;=0.30.0 &lt;0.35.0</c>.</param>
/// <param name="Platform">Platform, for example <c>eks</c>.</param>
/// <param name="Pod">Pod name; <c>*</c> stands for any characters.</param>
public sealed record WaiverScope(string? Chart, string? Platform, string? Pod);

/// <summary>What became of one waiver in one run.</summary>
/// <param name="Waiver">The waiver.</param>
/// <param name="State">What became of it.</param>
/// <param name="Message">In full sentences: whether it counted, why it did not, and what is wrong with it.</param>
public sealed record WaiverStatus(Waiver Waiver, WaiverState State, string Message)
{
    /// <summary>Why it accepts more than it should, each reason also part of <see cref="Message"/>; empty when it does not.</summary>
    public IReadOnlyList<string> TooBroad { get; init; } = [];
}

/// <summary>What became of a waiver.</summary>
public enum WaiverState
{
    /// <summary>Its control failed, and the failure is waived.</summary>
    Used,

    /// <summary>Its control did not fail, or failed elsewhere than in its scope; it can be removed.</summary>
    Unused,

    /// <summary>Its last day has passed; its control counts as it is.</summary>
    Expired,
}
