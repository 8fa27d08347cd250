namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile with the text that it was read from, which a run records.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Text">The YAML text.</param>
public sealed record ProfileSource(Profile Profile, string Text);
