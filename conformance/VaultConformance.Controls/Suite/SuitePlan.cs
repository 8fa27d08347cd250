using VaultConformance.Harness;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Suite;

/// <summary>The controls of a run: all of the profile, and which of them are verified.</summary>
/// <param name="Planned">All controls of the profile, ordered by id.</param>
/// <param name="Verified">Those that are verified.</param>
internal sealed record SuitePlan(IReadOnlyList<ControlDescriptor> Planned, IReadOnlyList<ControlDescriptor> Verified)
{
    /// <summary>Plans a run.</summary>
    /// <param name="catalogue">All controls there are.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="options">What to leave out.</param>
    /// <exception cref="HarnessException">Ids that do not exist are named; lists all of them.</exception>
    public static SuitePlan Create(ControlCatalogue catalogue, Profile profile, SuiteOptions options)
    {
        var problems = ListUnknown($"profile {profile.Reference}", profile.Controls.Keys, id => catalogue.Find(id) is not null)
            .Concat(ListUnknown("--only", options.Only, profile.Controls.ContainsKey))
            .Concat(ListUnknown("--skip", options.Skip, profile.Controls.ContainsKey))
            .ToList();
        if (problems.Count > 0)
        {
            throw new HarnessException(
                FailureKind.Configuration, string.Join(' ', problems) + " See docs/controls/index.md for all controls.");
        }

        List<ControlDescriptor> planned = [.. catalogue.Controls.Where(control => profile.Controls.ContainsKey(control.Id))];
        return new SuitePlan(
            planned,
            [.. planned.Where(
                control => (options.Only.Count == 0 || options.Only.Contains(control.Id)) && !options.Skip.Contains(control.Id))]);
    }

    private static IEnumerable<string> ListUnknown(string where, IEnumerable<ControlId> ids, Func<ControlId, bool> known) =>
        ids.Where(id => !known(id))
            .Order()
            .Select(id => $"{where} names control {id}, which {(where.StartsWith('-') ? "the profile does not have" : "does not exist")}.");
}
