using VaultConformance.Harness.Config;

namespace VaultConformance.Runs.Fixes;

/// <summary>Says what a change of the server's configuration takes from people and programs that use the server.</summary>
internal static class ConfigNeeds
{
    private const string Longest = "max_lease_ttl";
    private const string Usual = "default_lease_ttl";

    /// <summary>What has to be so before the changed configuration is used; empty when it cannot be read.</summary>
    /// <param name="facts">The configurations.</param>
    public static IEnumerable<string> List(ClaimFacts facts)
    {
        if (Read(facts.ConfigBefore) is not { } before || Read(facts.ConfigAfter) is not { } after)
        {
            yield break;
        }

        if (IsOn(before, "ui") && !IsOn(after, "ui"))
        {
            yield return "Nobody who uses the user interface: ui is switched off. Where people use it, leave it on and declare ui in the "
                + "profile.";
        }

        if (after.FindValue(Longest)?.AsText() is { } longest && before.FindValue(Longest)?.AsText() != longest)
        {
            yield return $"Clients that renew what they hold within {after.FindValue(Usual)?.AsText() ?? longest} and log in again after "
                + $"{longest}: {Usual} and {Longest} become that short. Without them Vault allows 32 days.";
        }

        if (facts.SwitchesTls && after.ListStanzas("storage").SelectMany(storage => storage.Body.ListStanzas("retry_join"))
            .Any(join => join.Body.FindValue("auto_join") is not null && join.Body.FindValue("leader_tls_servername") is null))
        {
            yield return "A certificate that covers the addresses by which auto_join finds the servers, or leader_tls_servername in "
                + "retry_join with a name that it covers.";
        }
    }

    private static bool IsOn(HclBody body, string name) =>
        body.FindValue(name)?.AsText() is { } text && text is "true" or "1" or "True" or "TRUE";

    private static HclBody? Read(string config)
    {
        try
        {
            return HclDocument.Parse(config).Root;
        }
        catch (HclSyntaxException)
        {
            return null;
        }
    }
}
