using VaultConformance.Harness.Secrets;

namespace VaultConformance.Runs.Attestation;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">In one word, for example <c>signature</c>.</param>
/// <param name="Holds">What it means when nothing is wrong.</param>
/// <param name="Problems">What is wrong, one sentence each; empty when nothing is.</param>
internal sealed record VerificationCheck(string Name, string Holds, IReadOnlyList<string> Problems)
{
    /// <summary>What is wrong, without what has the shape of a key or a token: the words come from whoever made the bundle.</summary>
    public IReadOnlyList<string> Problems { get; } = [.. Problems.Select(SecretScanner.MaskShapes)];

    /// <summary>True when nothing is wrong.</summary>
    public bool IsGood => Problems.Count == 0;
}
