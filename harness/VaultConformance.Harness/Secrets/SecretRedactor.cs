using System.Collections.Immutable;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Takes secrets out of text before it becomes evidence, a message or a diagnostics file: values that were registered, and whatever has the
/// shape of a Vault token, an unseal key, a private key, a bearer token or a kubeconfig credential. Safe to use from several threads.
/// </summary>
public sealed class SecretRedactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Redacted = Credentials.Masked;

    /// <summary>Shorter values are not registered: replacing them would spoil ordinary words.</summary>
    public const int ShortestSecret = 6;

    private ImmutableSortedSet<string> _known = ImmutableSortedSet.Create<string>(LongestFirst.Instance);

    /// <summary>Remembers a secret; from now on it is replaced, also in its Base64 form.</summary>
    /// <param name="secret">The secret.</param>
    public void Register(SecretText secret)
    {
        var value = secret.Reveal().Trim();
        if (value.Length >= ShortestSecret)
        {
            var base64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value));
            ImmutableInterlocked.Update(ref _known, known => known.Add(value).Add(base64));
        }
    }

    /// <summary>Remembers all keys and the root token.</summary>
    /// <param name="material">What initialising returned.</param>
    public void Register(UnsealMaterial material)
    {
        Register(material.RootToken);
        foreach (var key in material.Keys)
        {
            Register(key);
        }
    }

    /// <summary>The text without secrets.</summary>
    /// <param name="text">Any text.</param>
    public string Redact(string text) => SecretScanner.Mask(RedactKnown(text));

    /// <summary>The text without the secrets that were registered.</summary>
    /// <param name="text">Any text.</param>
    public string RedactKnown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in Volatile.Read(ref _known))
        {
            text = text.Replace(secret, Redacted, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A secret that contains another one is replaced first.</summary>
    private sealed class LongestFirst : IComparer<string>
    {
        public static readonly LongestFirst Instance = new();

        public int Compare(string? x, string? y) =>
            (y ?? string.Empty).Length.CompareTo((x ?? string.Empty).Length) is var byLength and not 0
                ? byLength
                : string.CompareOrdinal(x, y);
    }
}
