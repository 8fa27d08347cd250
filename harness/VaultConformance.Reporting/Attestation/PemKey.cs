using System.Security.Cryptography;

namespace VaultConformance.Reporting.Attestation;

/// <summary>The one key of a PEM text: its label and its bytes.</summary>
/// <param name="Label">For example <c>PRIVATE KEY</c>.</param>
/// <param name="Der">The bytes.</param>
internal sealed record PemKey(string Label, byte[] Der)
{
    public const string Pkcs8Label = "PRIVATE KEY";
    public const string Sec1Label = "EC PRIVATE KEY";
    public const string PublicLabel = "PUBLIC KEY";
    public const string CertificateLabel = "CERTIFICATE";

    // What 'openssl ecparam -genkey' writes before the key; the key repeats it.
    private const string ParametersLabel = "EC PARAMETERS";

    /// <summary>Finds it.</summary>
    /// <param name="text">The PEM text.</param>
    /// <exception cref="AttestationException">There is none, more than one, or an encrypted one.</exception>
    public static PemKey FindIn(KeyText text)
    {
        if (text.Pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw text.CreateProblem("the key is encrypted; this program asks for no passphrase. Decrypt it into a file that only you can "
                + "read: openssl pkey -in KEY -out FILE.");
        }

        var keys = FindAll(text.Pem).Where(key => key.Label != ParametersLabel).ToList();
        return keys switch
        {
            [] => throw text.CreateProblem("this is not PEM text; it must hold '-----BEGIN', the key in base64, and '-----END'."),
            [var key] => key,
            _ => throw text.CreateProblem($"there are {keys.Count} entries in this PEM text; it must hold one key."),
        };
    }

    /// <summary>Says what kind of thing it is, for messages.</summary>
    public string Kind => Label switch
    {
        Pkcs8Label or Sec1Label => "a private key",
        PublicLabel => "a public key",
        CertificateLabel => "a certificate",
        "RSA PRIVATE KEY" or "RSA PUBLIC KEY" => "an RSA key",
        _ => $"'{Label}'",
    };

    private static List<PemKey> FindAll(string pem)
    {
        var keys = new List<PemKey>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            keys.Add(new PemKey(rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            rest = rest[fields.Location.End..];
        }

        return keys;
    }
}
