#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using NUnit.Framework.Internal;

namespace VaultConformance.Controls.Bridge;

/// <summary>How many facts a test compared, as NUnit's results show it.</summary>
internal static class Assertions
{
    /// <summary>Counts one for the test that is running.</summary>
    public static void Count() => TestExecutionContext.CurrentContext.IncrementAssertCount();
}
