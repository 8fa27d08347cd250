using System.Text.Json.Nodes;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Runs.Attestation;

/// <summary>Looks at what was signed: by whom, and which file it speaks of.</summary>
internal static class SignatureChecks
{
    /// <summary>Whether the key signed the envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="key">The key.</param>
    public static VerificationCheck CheckSignature(DsseEnvelope envelope, VerificationKey key)
    {
        List<string> problems = [];
        if (envelope.PayloadType != DsseEnvelope.InTotoPayloadType)
        {
            problems.Add($"the payload is of type '{envelope.PayloadType}', not '{DsseEnvelope.InTotoPayloadType}'");
        }

        if (!envelope.IsSignedBy(key))
        {
            var named =
                string.Join(", ", envelope.Signatures.Select(signature => signature.KeyId.Length == 0 ? "no key" : signature.KeyId));
            problems.Add($"no signature is good and by key {key.KeyId}; the attestation names {named}");
        }

        return new VerificationCheck("signature", $"ECDSA P-256 with SHA-256, by key {key.KeyId}", problems);
    }

    /// <summary>What was not checked although it is there.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="key">The key.</param>
    public static IEnumerable<string> ListNotices(DsseEnvelope envelope, VerificationKey key)
    {
        var others = envelope.Signatures.Where(signature => !signature.MayBeBy(key.KeyId)).Select(signature => signature.KeyId).ToList();
        if (others.Count > 0)
        {
            yield return $"The attestation also carries signatures that were not checked; they name {string.Join(", ", others)}.";
        }

        if (key.FromCertificate)
        {
            yield return "The key was taken out of a certificate; the certificate's issuer, dates and revocation were not checked.";
        }
    }

    /// <summary>Whether the statement speaks of a file.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="bundle">The file and its digest.</param>
    public static VerificationCheck CheckBundle(JsonObject statement, DigestedText bundle)
    {
        var named = ListSubjects(statement).Select(FindSha256).OfType<string>().ToList();
        var first = named.Count == 0 ? "of nothing" : $"of sha256 {named[0]}";
        return new VerificationCheck(
            "bundle",
            $"'{bundle.Name}' is what was signed (sha256 {bundle.Sha256})",
            named.Contains(bundle.Sha256) ? [] : [$"'{bundle.Name}' has sha256 {bundle.Sha256}; the attestation speaks {first}"]);
    }

    /// <summary>The name that the statement has for a file, by its digest; the given one when it has none. Files may be renamed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="bundle">The file and its digest.</param>
    public static DigestedText FindNamed(JsonObject statement, DigestedText bundle) =>
        ListSubjects(statement).FirstOrDefault(subject => FindSha256(subject) == bundle.Sha256) is JsonObject subject
            && FindText(subject["name"]) is { } name
            ? bundle with { Name = name }
            : bundle;

    private static IEnumerable<JsonNode?> ListSubjects(JsonObject statement) => statement["subject"] as JsonArray ?? [];

    private static string? FindSha256(JsonNode? subject) =>
        subject is JsonObject map && map["digest"] is JsonObject digest ? FindText(digest["sha256"]) : null;

    private static string? FindText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
