using System.Text.RegularExpressions;
using VaultConformance.Harness.Config;

namespace VaultConformance.Runs.Fixes;

/// <summary>What the listeners of a configuration say about TLS. Comments say nothing.</summary>
internal sealed partial class ListenerText
{
    private const string Certificate = "tls_cert_file";

    /// <summary>Reads a configuration; one that cannot be parsed is searched as text.</summary>
    /// <param name="config">The configuration.</param>
    public ListenerText(string config)
    {
        var listeners = List(config);
        IsTlsOff = listeners is null
            ? TlsOff.IsMatch(config)
            : listeners.Any(listener => listener.FindValue("tls_disable")?.AsText() is { } text && On.IsMatch(text));
        HasCertificate = listeners?.Any(listener => listener.FindValue(Certificate) is not null)
            ?? config.Contains(Certificate, StringComparison.Ordinal);
        Sockets = [.. (listeners ?? []).Select(listener => listener.FindValue("address")?.AsText()).OfType<string>()
            .Where(address => address.StartsWith('/'))];
        CertificateFiles = [.. (listeners ?? []).Select(listener => listener.FindValue(Certificate)?.AsText()).OfType<string>()];
    }

    /// <summary>True when a listener speaks plaintext.</summary>
    public bool IsTlsOff { get; }

    /// <summary>True when a listener has a certificate.</summary>
    public bool HasCertificate { get; }

    /// <summary>Files of the listeners' certificates; empty when the configuration cannot be parsed.</summary>
    public IReadOnlyList<string> CertificateFiles { get; }

    /// <summary>Sockets of the file system that listeners make; empty when the configuration cannot be parsed.</summary>
    public IReadOnlyList<string> Sockets { get; }

    private static List<HclBody>? List(string config)
    {
        try
        {
            var found = HclDocument.Parse(config).Root.ListStanzas("listener").Select(stanza => stanza.Body).ToList();
            return found.Count == 0 ? null : found;
        }
        catch (HclSyntaxException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?m)\btls_disable""?\s*[=:]\s*""?(1|true|True|TRUE|yes|t|T)\b", RegexOptions.CultureInvariant)]
    private static partial Regex TlsOff { get; }

    [GeneratedRegex("^(1|true|True|TRUE|yes|t|T)$", RegexOptions.CultureInvariant)]
    private static partial Regex On { get; }
}
