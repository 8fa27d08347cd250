using System.Net;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether the listeners that a server reports are those of the files that it was started with. Where they differ, neither tells what is in
/// effect.
/// </summary>
/// <param name="reported">What the server reports.</param>
/// <param name="written">What its files say.</param>
internal sealed class ListenerAgreement(IReadOnlyList<LoadedListener> reported, IReadOnlyList<LoadedListener> written)
{
    private const string Same = "the same in the files and in what the server reports";

    /// <summary>Whether TLS is on.</summary>
    public static readonly ListenerSetting[] Tls = [new("tls_disable", listener => listener.TlsDisabled ? "set" : NotSet)];

    public static readonly ListenerSetting[] Certificate = [new("tls_cert_file", listener => listener.CertificateFile ?? NotSet)];

    /// <summary>Versions and suites.</summary>
    public static readonly ListenerSetting[] Protocols =
    [
        new("tls_min_version", listener => listener.MinimumVersion?.ToLowerInvariant() ?? "tls12"),
        new("tls_max_version", listener => listener.MaximumVersion?.ToLowerInvariant() ?? "tls13"),
        new(
            "tls_cipher_suites",
            listener => listener.CipherSuites?.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant() ?? NotSet),
    ];

    /// <summary>Whose word about client certificates is taken.</summary>
    public static readonly ListenerSetting[] Forwarding =
        [new("x_forwarded_for_client_cert_header", listener => listener.ForwardedCertificateHeader ?? NotSet)];

    private const string NotSet = "not set";

    /// <summary>Reads both sides; where one of them is not known there is nothing to compare.</summary>
    /// <param name="state">What the server says; null when it was not asked.</param>
    /// <param name="files">The files; null when they were not read.</param>
    public static ListenerAgreement From(VaultServerState? state, FileFacts? files) => state?.SanitizedConfig is null || files is null
        ? new ListenerAgreement([], [])
        : new ListenerAgreement(
            LoadedListener.List(state),
            [.. files.LoadedConfig.Select(ServerConfiguration.TryRead).OfType<ServerConfiguration>().SelectMany(ListWritten)]);

    /// <summary>Judges which listeners there are, and some of their settings; nothing when both sides agree.</summary>
    /// <param name="settings">The settings that matter.</param>
    public IEnumerable<Judgement> Judge(IReadOnlyList<ListenerSetting> settings)
    {
        if (written.Count == 0 || reported.Count == 0)
        {
            yield break;
        }

        var rest = reported.ToList();
        foreach (var listener in written)
        {
            var counterpart = rest.Find(candidate => IsSame(candidate, listener));
            _ = counterpart is not null && rest.Remove(counterpart);
            foreach (var judgement in Compare(listener, counterpart, settings))
            {
                yield return judgement;
            }
        }

        foreach (var listener in rest)
        {
            yield return Judgement.Unknown(
                $"listener {listener.Address} that the server reports", Same, "no file that the server was started with has it");
        }
    }

    private static IEnumerable<Judgement> Compare(
        LoadedListener listener, LoadedListener? counterpart, IReadOnlyList<ListenerSetting> settings) => counterpart is null
        ?
        [
            Judgement.Unknown(
                $"listener {listener.Address} of the files",
                Same,
                "the server does not report it, so that it is not known what listens there"),
        ]
        : settings.Where(setting => setting.Of(listener) != setting.Of(counterpart)).Select(setting => Judgement.Unknown(
            $"{setting.Name} of listener {listener.Address}",
            Same,
            $"{setting.Of(listener)} in the files, {setting.Of(counterpart)} in what the server reports"));

    private static IEnumerable<LoadedListener> ListWritten(ServerConfiguration configuration) =>
        configuration.Document.Root.ListStanzas("listener").Where(stanza => stanza.Label.ToUpperInvariant() is "TCP" or "").Select(stanza =>
        {
            var settings = new JsonObject();
            foreach (var attribute in stanza.Body.Attributes)
            {
                settings[attribute.Name.ToLowerInvariant()] = attribute.Value.AsText();
            }

            return new LoadedListener(settings);
        });

    // An address may be given by a template, and IPv6 in more than one form.
    private static bool IsSame(LoadedListener first, LoadedListener second) =>
        first.Port == second.Port && (GetHost(first) == GetHost(second) || IsTemplate(first) || IsTemplate(second));

    private static bool IsTemplate(LoadedListener listener) => listener.Address.Contains("{{", StringComparison.Ordinal);

    private static string GetHost(LoadedListener listener)
    {
        var host = listener.Address[..Math.Max(0, listener.Address.LastIndexOf(':'))].Trim('[', ']');
        return IPAddress.TryParse(host, out var address) ? address.ToString() : host.ToLowerInvariant();
    }
}

/// <summary>A setting of a listener, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">Its value in effect.</param>
internal sealed record ListenerSetting(string Name, Func<LoadedListener, string> Of);
