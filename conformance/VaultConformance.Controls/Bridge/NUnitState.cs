#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using NUnit.Framework.Interfaces;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Bridge;

/// <summary>How NUnit shows a result: red where the verdict suffers, and nowhere else.</summary>
internal static class NUnitState
{
    /// <summary>The state of a result.</summary>
    /// <param name="result">The result, after waivers.</param>
    public static ResultState ToResultState(ControlResult result) => result.GetStanding() switch
    {
        Standing.Holds => ResultState.Success,
        Standing.Breach => ResultState.Failure,
        Standing.Untold => ResultState.Error,
        Standing.Advice => ResultState.Warning,
        Standing.UntoldAdvice => ResultState.Inconclusive,
        _ => ResultState.Ignored,
    };

    /// <summary>True when NUnit shows a result red.</summary>
    /// <param name="result">The result, after waivers.</param>
    public static bool IsRed(ControlResult result) => ToResultState(result).Status == TestStatus.Failed;
}
