using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Tls;

/// <summary>A client certificate without its key: public, and known to be valid when it was read.</summary>
public sealed class ClientChain
{
    private ClientChain(string pem, IReadOnlyList<byte[]> certificates) => (Pem, Certificates) = (pem, certificates);

    /// <summary>The certificates alone, as PEM.</summary>
    public string Pem { get; }

    /// <summary>The certificates, the client's own first, DER.</summary>
    public IReadOnlyList<byte[]> Certificates { get; }

    /// <summary>Reads a client certificate and the certificates that lead to its authority.</summary>
    /// <param name="pem">PEM text, the client's own certificate first.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="HarnessException">The text holds no certificate, or one that is not valid now.</exception>
    public static ClientChain Parse(string pem, DateTimeOffset now)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw CreateProblem("a certificate in the file is damaged");
        }

        if (found.Count == 0)
        {
            throw CreateProblem("the file holds no certificate as PEM; it must begin with '-----BEGIN CERTIFICATE-----'");
        }

        CheckTimes(found[0], now);
        return new ClientChain(
            string.Concat(found.Select(certificate => certificate.ExportCertificatePem() + "\n")),
            [.. found.Select(certificate => certificate.RawData)]);
    }

    private static void CheckTimes(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (start, end) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        if (end < now)
        {
            throw CreateProblem($"the client certificate expired at {FormatText(end)}; give one that is valid");
        }

        if (start > now)
        {
            throw CreateProblem($"the client certificate is not valid before {FormatText(start)}; give one that is valid");
        }
    }

    private static string FormatText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static HarnessException CreateProblem(string text) => new(FailureKind.Configuration, text);
}

/// <summary>What blocks of PEM a text holds.</summary>
internal static class PemLabels
{
    /// <summary>Labels of the blocks, in order.</summary>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<string> ListIn(string text)
    {
        var labels = new List<string>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var block))
        {
            labels.Add(rest[block.Label].ToString());
            rest = rest[block.Location.End..];
        }

        return labels;
    }
}
