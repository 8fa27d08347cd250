namespace VaultConformance.Judging.PodSecurity;

/// <summary>Something in a pod that <em>restricted</em> does not admit.</summary>
/// <param name="Rule">What the API server's admission calls it, so that both can be compared.</param>
/// <param name="Container">Name of the container; null when it is about the pod.</param>
/// <param name="Field">The field, below the container or the specification.</param>
/// <param name="Expected">What it has to be.</param>
/// <param name="Actual">What it is.</param>
internal sealed record Violation(string Rule, string? Container, string Field, string Expected, string Actual)
{
    /// <summary>What is said of a field that is not there.</summary>
    public const string NotSet = "not set";

    /// <summary>True for a volume of a kind that this program does not know: whether it is admitted is open.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The field and whose it is.</summary>
    public string Fact => Container is null ? Field : $"{Field} of container {Container}";
}
