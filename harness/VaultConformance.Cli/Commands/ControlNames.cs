using VaultConformance.Runs.Judging;

namespace VaultConformance.Cli.Commands;

/// <summary>The names that a user can give for controls.</summary>
internal static class ControlNames
{
    /// <summary>All ids, and all families.</summary>
    /// <param name="judge">Knows the controls.</param>
    public static IReadOnlyList<string> List(IJudge judge) =>
        [.. judge.Controls.SelectMany(control => new[] { control.Id.ToString(), control.Id.Family }).Distinct()];
}
