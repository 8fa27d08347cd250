using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Helm;

/// <summary>What Helm knows about a release. Values and manifest hold whatever the user wrote into them, secrets too.</summary>
/// <param name="Values">All values, the chart's own included, as YAML; why there are none, as text.</param>
/// <param name="Manifest">The rendered objects as YAML.</param>
/// <param name="History">The revisions as JSON.</param>
internal sealed record HelmRecords(string Values, string Manifest, string History)
{
    /// <summary>The records as one text without secrets.</summary>
    /// <param name="records">The records.</param>
    /// <param name="redactor">Knows secrets.</param>
    public static string WriteText(HelmRecords records, SecretRedactor redactor)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(redactor);
        var release = new ReleaseRedactor(redactor);
        return $"# values.yaml\n{release.RedactValues(records.Values)}\n# manifest.yaml\n{release.RedactManifest(records.Manifest)}\n# "
            + $"history.json\n{redactor.Redact(records.History)}";
    }

    /// <summary>Never the records themselves.</summary>
    public override string ToString() => nameof(HelmRecords);
}
