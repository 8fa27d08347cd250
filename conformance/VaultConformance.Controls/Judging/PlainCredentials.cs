using System.Text.RegularExpressions;
using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Credentials in clear text.</summary>
internal static partial class PlainCredentials
{
    // Dev mode takes its root token from here; the name does not end like the others.
    private static readonly string[] DevModeTokens = ["VAULT_DEV_ROOT_TOKEN_ID", "BAO_DEV_ROOT_TOKEN_ID"];

    private static readonly string[] Stanzas = ["seal", "storage", "backend", "ha_storage", "ha_backend"];

    /// <summary>Literals in the seal and storage stanzas. Evidence holds them masked; a masked value is still a literal that was written there.</summary>
    /// <param name="configuration">A configuration.</param>
    public static Judgement JudgeConfiguration(ServerConfiguration configuration) => Judgement.None(
        $"credentials in {configuration.Path}",
        Stanzas.SelectMany(type => configuration.Document.Root.Stanzas(type))
            .SelectMany(stanza => Attributes(stanza.Body)
                .Where(IsCredential)
                .Select(attribute => $"{stanza.Type} {stanza.Label}: {attribute.Name} (line {attribute.Line})")));

    /// <summary>Literals in a container's environment; references to Secrets are recommended against.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(V1Container container)
    {
        var variables = container.Env ?? [];
        yield return Judgement.None(
            $"credentials in the environment of container {container.Name}",
            variables.Where(variable => IsSensitive(variable.Name) && !string.IsNullOrEmpty(variable.Value)).Select(variable => variable.Name));
        yield return Judgement.None(
            $"Secrets in the environment of container {container.Name} instead of files",
            variables.Where(variable => variable.ValueFrom?.SecretKeyRef is not null).Select(variable => variable.Name)).AsRecommendation();
    }

    /// <summary>Tokens and shell histories on disk.</summary>
    /// <param name="files">What was found.</param>
    public static Judgement JudgeLeftovers(FileFacts files) =>
        Judgement.None("tokens and shell histories on disk", files.Leftovers.Where(Leftovers.IsSecretTrace));

    /// <summary>Unseal keys, recovery keys and root tokens in the namespace.</summary>
    /// <param name="objects">The release's objects.</param>
    public static IEnumerable<Judgement> JudgeObjects(AdmittedObjects objects)
    {
        const string Material = "with unseal keys, recovery keys or a root token";
        yield return Judgement.None($"Secrets {Material}", objects.Secrets.Where(secret => secret.HoldsUnsealMaterial).Select(secret => secret.Name));
        yield return Judgement.None($"ConfigMaps {Material}", objects.ConfigMaps.Where(HoldsUnsealMaterial).Select(map => map.Metadata.Name));
    }

    private static bool HoldsUnsealMaterial(V1ConfigMap map) =>
        map.Data?.Any(entry => KeyName().IsMatch(entry.Key) || KeyOutput().IsMatch(entry.Value)) == true;

    private static bool IsSensitive(string name) => SensitiveNames.Contains(name) || DevModeTokens.Contains(name);

    private static bool IsCredential(HclAttribute attribute) =>
        attribute.Value.AsText() is { } text && text.Contains(ConfigMasker.Masked, StringComparison.Ordinal);

    private static IEnumerable<HclAttribute> Attributes(HclBody body) =>
        body.Attributes
            .Concat(body.Attributes.SelectMany(attribute => Inside(attribute.Value)))
            .Concat(body.Blocks.SelectMany(block => Attributes(block.Body)));

    private static IEnumerable<HclAttribute> Inside(HclValue value) => value switch
    {
        HclObject single => Attributes(single.Body),
        HclList list => list.Items.SelectMany(Inside),
        _ => [],
    };

    [GeneratedRegex("^(unseal|recovery)[-_.]?keys?|root[-_.]?token", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyName();

    // What 'vault operator init' prints, as JSON or as text; the words alone are in many a comment.
    [GeneratedRegex(
        @"(unseal_keys_(b64|hex)|recovery_keys_(b64|hex)|root_token)""?\s*[:=]|(Unseal|Recovery) Key \d+:|Initial Root Token:",
        RegexOptions.CultureInvariant)]
    private static partial Regex KeyOutput();
}
