using VaultConformance.Controls.Pages;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Pages of the sample controls.</summary>
internal static class SamplePages
{
    private const int Samples = 20;

    /// <summary>A complete section; it gains from a change.</summary>
    public const string Section = """
        ## SAM-1 Something holds

        **Requires (MUST):** something holds.

        **Why:** `it` *matters*, and
        **much** so: 2 * 3.

        **Observed:** with one's eyes.

        **Traps:** never do this:

        ```yaml
        bad: true
        ```

        **Remediation:** set `good: [*.x]`, see
        [FS-1](FS.md#fs-1). Nothing else does it.

        ```yaml
        good: true
        ```

        Or this:

        ```hcl
        also = "good"
        ```

        **Mended by:** decision. Only you know.

        **Sources:** *Docs*, `good`; none else.

        """;

    /// <summary>A page with a section for every sample.</summary>
    public static ControlPages All { get; } = ControlPages.From(
        [KeyValuePair.Create("SAM.md", string.Concat(Enumerable.Range(1, Samples).Select(number => Section.Replace("SAM-1", $"SAM-{number}", StringComparison.Ordinal))))]);
}
