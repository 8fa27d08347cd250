namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile with the text that a run records.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Text">The YAML text: that of its file, or the whole of it where it extends another one.</param>
public sealed record ProfileSource(Profile Profile, string Text);
