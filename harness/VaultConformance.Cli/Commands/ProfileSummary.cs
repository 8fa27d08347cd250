using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Cli.Commands;

/// <summary>A profile in <c>profile list</c>.</summary>
internal sealed record ProfileSummary(
    string Reference, string Name, string Version, string? Platform, int Must, int Should, int May, int NotApplicable, string Description)
{
    /// <summary>Counts the controls of a profile; one that does not apply counts as nothing else.</summary>
    /// <param name="profile">The profile.</param>
    public static ProfileSummary From(Profile profile)
    {
        int Count(Requirement level) => profile.Controls.Values.Count(control => control.NotApplicable is null && control.Level == level);
        return new ProfileSummary(
            profile.Reference,
            profile.Name,
            profile.Version,
            profile.Platform,
            Count(Requirement.Must),
            Count(Requirement.Should),
            Count(Requirement.May),
            profile.Controls.Values.Count(control => control.NotApplicable is not null),
            profile.Description);
    }
}

/// <summary>A profile in <c>profile show</c>, with the names of its file.</summary>
internal sealed record ProfileDetails(
    string Name,
    string Version,
    string? Extends,
    string? Platform,
    string Description,
    IReadOnlyDictionary<string, ProfileControl> Controls,
    ProfileParameters Parameters)
{
    /// <summary>All of a profile, its controls by id.</summary>
    /// <param name="profile">The profile.</param>
    public static ProfileDetails From(Profile profile) => new(
        profile.Name,
        profile.Version,
        profile.Extends,
        profile.Platform,
        profile.Description,
        profile.Controls.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value),
        profile.Parameters);
}
