using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>What verifying a control does to the release, by the observations that it rests on.</summary>
internal static class ControlEffects
{
    /// <summary>The most that one of its observations does.</summary>
    /// <param name="control">The control.</param>
    public static ObservationImpact FindImpact(ControlDescriptor control) =>
        ListKinds(control).Select(kind => kind.Impact).DefaultIfEmpty(ObservationImpact.Passive).Max();

    /// <summary>What its observations do, as ends of sentences that begin with "it"; empty where they only ask.</summary>
    /// <param name="control">The control.</param>
    public static IReadOnlyList<string> List(ControlDescriptor control) =>
        [.. ListKinds(control).Select(kind => kind.Effect).OfType<string>()];

    private static IEnumerable<ObservationKind> ListKinds(ControlDescriptor control)
    {
        var names = control.Evidence.Select(member => EvidenceMember.Parse(member).Kind).Distinct(StringComparer.Ordinal).ToList();
        return ObservationKinds.All.Where(kind => names.Contains(kind.Name));
    }
}
