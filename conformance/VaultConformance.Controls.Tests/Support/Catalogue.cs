using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Profiles for tests.</summary>
internal static class Catalogue
{
    /// <summary>A profile with every control of the suite at its own level.</summary>
    public static Profile Profile() => new(
        "hardened", "1.0", "Tests.",
        ControlCatalogue.BuiltIn.Controls.ToDictionary(control => control.Id, control => new ProfileControl(control.Level, null, null)),
        new ProfileParameters { SecretsEncryptionAttestation = "by the tests" });
}
