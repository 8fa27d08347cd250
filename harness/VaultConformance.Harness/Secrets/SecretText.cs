namespace VaultConformance.Harness.Secrets;

/// <summary>A token or key. It never prints itself.</summary>
/// <param name="value">The secret.</param>
public sealed class SecretText(string value)
{
    /// <summary>The secret itself; only for the place that sends it.</summary>
    public string Reveal() => value;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}

/// <summary>What initialising a server returned. Lives in memory only.</summary>
/// <param name="Keys">Unseal keys, or recovery keys with an auto-unseal.</param>
/// <param name="RootToken">Initial root token.</param>
/// <param name="AutoUnseal">True when the keys are recovery keys and the server unseals itself.</param>
public sealed record UnsealMaterial(IReadOnlyList<SecretText> Keys, SecretText RootToken, bool AutoUnseal)
{
    /// <summary>True when the server was found sealed and nobody has its keys, so that nothing is to be waited for.</summary>
    public bool StaysSealed { get; init; }
}
