namespace VaultConformance.Harness.Config;

/// <summary>
/// What the comments at the top of a values file in <c>fixtures/values</c> say: which outcomes the file must have, and which settings
/// that values cannot express go with it.
/// </summary>
/// <param name="Expectations">
/// Controls whose outcome differs from the base's; for a file without a base: all that are neither Passed nor NotApplicable.
/// </param>
/// <param name="Change">What is special about the file, one sentence.</param>
/// <param name="Base">Name, without extension, of the compliant file this one deviates from; null when it stands for itself.</param>
/// <param name="NodeUlimit">Value for <c>--node-ulimit</c>, e.g. <c>core=0:0</c>; null for the engine's default.</param>
/// <param name="Node">Setting of the node itself (<c>swap</c>, <c>core-pattern=…</c>, <c>no-network-policy</c>); null when none.</param>
/// <param name="Patches">Patch files, relative to the values file.</param>
/// <param name="Image">Variant of the server image, e.g. <c>vault-standin-filecap</c>; null for the usual one.</param>
/// <param name="Certificates">Name of a recipe in <c>fixtures/certificates</c>; null for good certificates.</param>
/// <param name="Starts">False when the server cannot start with these values, so that most other controls are Inconclusive.</param>
/// <param name="NeedsStandIn">True when only the stand-in server can be made to behave so.</param>
internal sealed record FixtureHeader(
    IReadOnlyList<FixtureExpectation> Expectations,
    string Change,
    string? Base,
    string? NodeUlimit,
    string? Node,
    IReadOnlyList<string> Patches,
    string? Image,
    string? Certificates,
    bool Starts,
    bool NeedsStandIn)
{
    /// <summary>
    /// True when the cluster has to know init containers that keep running (Kubernetes 1.29); others drop the field that makes them so.
    /// </summary>
    public bool NeedsNativeSidecars { get; init; }

    /// <summary>
    /// Files in <c>fixtures/setup</c>, relative to the values file, by which the server is configured; null for those of the base.
    /// </summary>
    public IReadOnlyList<string>? Setups { get; init; }

    /// <summary>
    /// Reads the header: every <c># key: value</c> line before the first line that is not a comment or follows an empty comment.
    /// </summary>
    /// <param name="text">Text of the values file.</param>
    /// <param name="fileName">Name for messages.</param>
    /// <exception cref="HarnessException">A line is missing, unknown, given twice, or has a value that is not allowed.</exception>
    public static FixtureHeader Parse(string text, string fileName) => new FixtureHeaderReader(fileName).Read(text);
}

/// <summary>One expected outcome.</summary>
/// <param name="Control">Control id.</param>
/// <param name="Outcome">Passed, Failed, NotApplicable or Inconclusive.</param>
internal sealed record FixtureExpectation(string Control, string Outcome);
