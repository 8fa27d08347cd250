using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Finds the TLS files that configurations name.</summary>
internal static class TlsFiles
{
    private static readonly (string Attribute, string Purpose)[] Attributes =
    [
        ("tls_cert_file", FilePurposes.TlsCertificate),
        ("tls_key_file", FilePurposes.TlsKey),
        ("tls_client_ca_file", FilePurposes.TlsClientCa),
    ];

    /// <summary>From the listeners in the configurations that ConfigMaps hold, and from the variables of clients.</summary>
    public static IReadOnlyList<FileOfInterest> ListIn(AdmittedObjects objects) =>
    [
        .. objects.ConfigMaps
            .SelectMany(ConfigMapEntries.List)
            .Where(entry => DeclaredVariables.IsConfiguration(entry.Key))
            .SelectMany(entry => ListIn(entry.Value))
            .Concat(objects.Pods.SelectMany(pod => pod.Spec?.Containers ?? [])
                .SelectMany(ClientKeys.List)
                .Select(path => new FileOfInterest(FilePurposes.TlsKey, path)))
            .Distinct(),
    ];

    /// <summary>From the listeners of the configuration that a server says it loaded.</summary>
    public static IReadOnlyList<FileOfInterest> ListIn(VaultServerState state) =>
        [.. state.Listeners.SelectMany(listener => ListIn(listener["config"] as JsonObject ?? listener)).Distinct()];

    private static IEnumerable<FileOfInterest> ListIn(JsonObject listener) => Attributes
        .Select(known =>
            (known.Purpose, Path: listener[known.Attribute] is JsonValue value && value.TryGetValue<string>(out var path) ? path : null))
        .Where(file => file.Path is ['/', ..])
        .Select(file => new FileOfInterest(file.Purpose, file.Path!));

    private static IEnumerable<FileOfInterest> ListIn(string configuration)
    {
        try
        {
            var root = HclDocument.Parse(configuration).Root;
            return [
                .. root.ListStanzas("listener").SelectMany(ListIn),
                .. TlsKeySettings.ListIn(root).Select(path => new FileOfInterest(FilePurposes.TlsKey, path))
            ];
        }
        catch (HclSyntaxException)
        {
            // Controls judge whether the configuration can be read; without it there are no files to look at.
            return [];
        }
    }

    private static IEnumerable<FileOfInterest> ListIn(HclBlock listener) => Attributes
        .Select(known => (known.Purpose, Path: listener.Body.FindValue(known.Attribute)?.AsText()))
        .Where(file => file.Path is ['/', ..])
        .Select(file => new FileOfInterest(file.Purpose, file.Path!));
}
