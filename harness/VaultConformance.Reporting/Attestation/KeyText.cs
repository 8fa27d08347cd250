namespace VaultConformance.Reporting.Attestation;

/// <summary>A key as text, and where it came from. Its text is never shown.</summary>
/// <param name="pem">The PEM text.</param>
/// <param name="origin">Where it came from, for messages, for example <c>--key 'signing.pem'</c>.</param>
internal sealed class KeyText(string pem, string origin)
{
    public string Pem => pem;

    /// <summary>Where it came from.</summary>
    public string Origin => origin;

    /// <summary>Where it came from; never the key.</summary>
    public override string ToString() => origin;

    internal AttestationException CreateProblem(string problem, Exception? cause = null) => new($"{origin}: {problem}", cause);
}
