using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Profiles;

/// <summary>Which controls count, at which level, with which parameters, for a purpose or platform. Versioned data.</summary>
/// <param name="Name">For example <c>baseline</c>.</param>
/// <param name="Version">For example <c>1.0</c>.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Controls">The controls of the profile.</param>
/// <param name="Parameters">Parameters of the controls.</param>
public sealed record Profile(
    string Name,
    string Version,
    string Description,
    IReadOnlyDictionary<ControlId, ProfileControl> Controls,
    ProfileParameters Parameters)
{
    /// <summary>Name and version, for example <c>baseline@1.0</c>.</summary>
    public string Reference => $"{Name}@{Version}";

    /// <summary>
    /// Name and version of the profile that it extends; null when it stands alone. Whatever it takes from there is in it already.
    /// </summary>
    public string? Extends { get; init; }

    /// <summary>Platform that it is for, for example <c>eks</c>; null when it is for any.</summary>
    public string? Platform { get; init; }
}

/// <summary>What a profile says about one control.</summary>
/// <param name="Level">Level.</param>
/// <param name="Reason">Why the level differs from the control's own, for example <c>chart-inherent: …</c>; null when it does not.</param>
/// <param name="NotApplicable">Why the control does not apply in this profile; null when it does.</param>
public sealed record ProfileControl(Requirement Level, string? Reason, string? NotApplicable);
