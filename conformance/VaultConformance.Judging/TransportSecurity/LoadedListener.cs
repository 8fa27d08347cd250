using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>A listener as the server loaded it.</summary>
/// <param name="settings">Its settings.</param>
public sealed class LoadedListener(JsonObject settings)
{
    private const string DefaultAddress = "127.0.0.1:8200";

    /// <summary>Address and port.</summary>
    public string Address => FindText("address") ?? DefaultAddress;

    /// <summary>Port of the address; null when there is none, as with sockets of the file system.</summary>
    public int? Port => int.TryParse(
        Address[(Address.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>
    /// True when it cannot be reached from outside the pod: by its address, or because it is a socket of the file system.
    /// </summary>
    public bool LoopbackOnly => IPAddress.TryParse(Host, out var address)
        ? IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        : Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private string Host => Address[..Math.Max(0, Address.LastIndexOf(':'))].Trim('[', ']');

    /// <summary>True when TLS is switched off; Vault takes 1, "1", true, "true" and "yes" alike, and every number but 0.</summary>
    public bool TlsDisabled => FindText("tls_disable")?.Trim().ToUpperInvariant() switch
    {
        "T" or "TRUE" or "YES" => true,
        { } text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number != 0,
        null => false,
    };

    /// <summary>Path of the certificate.</summary>
    public string? CertificateFile => FindText("tls_cert_file");

    /// <summary>Path of the private key.</summary>
    public string? KeyFile => FindText("tls_key_file");

    /// <summary>Lowest protocol version as configured; null means Vault's default, TLS 1.2.</summary>
    public string? MinimumVersion => FindText("tls_min_version");

    /// <summary>Highest protocol version as configured; null means Vault's default, TLS 1.3.</summary>
    public string? MaximumVersion => FindText("tls_max_version");

    /// <summary>Suites of TLS 1.2 as configured; null means those of Go.</summary>
    public string? CipherSuites => FindText("tls_cipher_suites");

    /// <summary>Header from which a client certificate is taken that a proxy has seen; null when it is not.</summary>
    public string? ForwardedCertificateHeader => FindText("x_forwarded_for_client_cert_header");

    /// <summary>The TCP listeners that a server loaded.</summary>
    /// <exception cref="ControlEndedException">They are not known: inconclusive.</exception>
    public static IReadOnlyList<LoadedListener> List(VaultServerState state)
    {
        if (state.SanitizedConfig is null)
        {
            throw new ControlEndedException(Outcome.Inconclusive, $"the loaded configuration is not known: {state.SanitizedConfigProblem}");
        }

        return
        [
            .. state.Listeners
                .Where(listener => listener["type"]?.ToString() is null or "tcp")
                .Select(listener => new LoadedListener(listener["config"] as JsonObject ?? listener)),
        ];
    }

    private string? FindText(string name) => settings[name] is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;
}
