using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>Says what of a failed control no change of the values mends.</summary>
internal static class LeftFacts
{
    private const int Most = 3;
    private const int Longest = 100;

    /// <summary>The control with the facts that stay.</summary>
    /// <param name="result">The control's result.</param>
    /// <param name="left">The facts that the change does not mend.</param>
    /// <param name="isReached">True when the change mends others of it.</param>
    /// <param name="causes">Why the change leaves them, in sentences.</param>
    public static UnmendedControl Describe(
        ControlResult result, IReadOnlyList<Finding> left, bool isReached, IReadOnlyList<string> causes)
    {
        var control = result.Control;
        var mending = control.Guide?.Mending;
        var words = string.Join(' ', [.. causes, mending?.Words ?? control.Remediation]);
        if (mending is not { Kind: MendedBy.Values } && !isReached)
        {
            return new UnmendedControl(
                control.Id,
                mending?.Kind ?? MendedBy.Decision,
                result.Places.Count == 0 ? words : $"{DeclaredPlace.DescribePlaces(result.Places)}.");
        }

        var kind = mending is null or { Kind: MendedBy.Values } ? MendedBy.Decision : mending.Kind;
        return new UnmendedControl(control.Id, kind, (left.Count, isReached) switch
        {
            (0, _) => $"The values already say what this control requires of them. {words}",
            (_, true) => $"The change mends a part of it. It leaves: {List(left)}. {words}",
            _ => $"Values do not mend: {List(left)}. {words}",
        });
    }

    private static string List(IReadOnlyList<Finding> left)
    {
        var facts = string.Join("; ", left.Take(Most).Select(
            finding => $"{finding.Fact} of {finding.Subject} ({Shorten(finding.Actual)})"));
        return left.Count > Most ? $"{facts}; and {left.Count - Most} more" : facts;
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest), "…");
    }
}
