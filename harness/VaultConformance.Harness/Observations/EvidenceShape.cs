using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace VaultConformance.Harness.Observations;

/// <summary>
/// What recorded evidence cannot be although it is JSON of the right form: places that are empty, or there twice, which nothing writes.
/// Evidence of that kind was changed or damaged, and what is wrong with it is said with its place instead of by whoever stumbles over it.
/// </summary>
internal static class EvidenceShape
{
    /// <summary>Makes sure that an observation is whole.</summary>
    /// <param name="json">The observation as recorded.</param>
    /// <param name="value">Its fact as read; null when there is none.</param>
    /// <exception cref="JsonException">It is not; place and problem are named.</exception>
    public static void Require(ReadOnlyMemory<byte> json, object? value)
    {
        using var document = JsonDocument.Parse(json);
        if (value is null || !document.RootElement.TryGetProperty("value", out var fact))
        {
            return;
        }

        if ((EmptyPlaces.FindIn(fact, "value", value is AdmittedObjects).FirstOrDefault() ?? FindUnusable(value).FirstOrDefault())
            is { } problem)
        {
            throw new JsonException($"It is damaged at {problem}.");
        }
    }

    private static IEnumerable<string> FindUnusable(object value) => value switch
    {
        ListenerFacts listeners => FindUnusable(listeners),
        TrustFacts trust => trust.Anchors
            .Select((anchor, place) => (anchor, place))
            .Where(item => !IsCertificate(item.anchor))
            .Select(item => $"value.anchors[{item.place}]: it holds no certificate"),
        _ => [],
    };

    private static IEnumerable<string> FindUnusable(ListenerFacts listeners) =>
    [
        .. listeners.Endpoints
            .CountBy(endpoint => endpoint.Port)
            .Where(count => count.Value > 1)
            .Select(count => $"value.endpoints: port {count.Key} is there {count.Value} times"),
        .. from endpoint in listeners.Endpoints.Select((endpoint, place) => (endpoint.Handshakes, Place: $"value.endpoints[{place}]"))
           from handshake in endpoint.Handshakes.Select(
               (handshake, place) => (handshake.Chain, Place: $"{endpoint.Place}.handshakes[{place}]"))
           from certificate in handshake.Chain.Select(
               (certificate, place) => (Text: certificate, Place: $"{handshake.Place}.chain[{place}]"))
           where !IsBase64(certificate.Text)
           select $"{certificate.Place}: it is not Base64",
    ];

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0;

    private static bool IsCertificate(string text)
    {
        if (!IsBase64(text))
        {
            return false;
        }

        try
        {
            X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text)).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
