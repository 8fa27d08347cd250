using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>One deviation from the compliant release, and the control that has to notice it.</summary>
/// <param name="Control">The control.</param>
/// <param name="Deviation">What is different, in words.</param>
/// <param name="Reason">Part of the reason that the control has to give.</param>
/// <param name="Change">Makes the deviation.</param>
/// <param name="Outcome">What the control has to become.</param>
/// <param name="Level">The level it has to have, when that is what the deviation changes.</param>
/// <param name="Also">Controls that notice the same deviation by right.</param>
public sealed record Mutation(
    string Control, string Deviation, string Reason, Action<object> Change, Outcome Outcome = Outcome.Failed, Requirement? Level = null, params string[] Also)
{
    internal static Mutation Pod(
        string control, string deviation, string reason, Action<PodEvidence> change, Outcome outcome = Outcome.Failed, Requirement? level = null, params string[] also) =>
        new(control, deviation, reason, evidence => change(((ReleaseEvidence)evidence).Second), outcome, level, also);

    internal static Mutation Release(
        string control, string deviation, string reason, Action<ReleaseEvidence> change, Outcome outcome = Outcome.Failed, Requirement? level = null, params string[] also) =>
        new(control, deviation, reason, evidence => change((ReleaseEvidence)evidence), outcome, level, also);

    public override string ToString() => $"{Control}: {Deviation}";
}
