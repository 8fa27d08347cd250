using System.Reflection;
using VaultConformance.Controls.Bridge;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// Marks the fixture of a family of controls. A test runner that was told nothing to judge sees none of its tests; one test alone then says
/// what to set.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FamilyAttribute : ControlFamilyAttribute
{
    // Started by itself the suite is run by a test runner; within another program a run brings its own session.

    /// <inheritdoc />
    private protected override bool IsLeftOut =>
        Assembly.GetEntryAssembly() == typeof(FamilyAttribute).Assembly && !SuiteConfiguration.IsGiven(Environment.GetEnvironmentVariable);
}
