using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Says what has to be there before changed values are installed.</summary>
internal static class FixNeeds
{
    private static readonly (string Key, string Word)[] Ways =
        [("ingress", "the Ingress"), ("httproute", "the HTTPRoute"), ("route", "the Route")];

    /// <summary>What changed values need.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <param name="switchesTls">True when a listener speaks TLS only after the change.</param>
    public static IReadOnlyList<string> List(FixMap before, FixMap after, bool switchesTls)
    {
        var needs = ListSecrets(before, after).ToList();
        if (switchesTls)
        {
            var ways = Ways.Where(way => after.FindAt("server", way.Key, "enabled") is FixText { Text: not ("false" or "-") })
                .Select(way => way.Word);
            needs.Add($"Clients that speak https: {string.Join(", ", [.. ways, "applications", "the injector", "the CSI provider"])}.");
        }

        foreach (var host in ServerAddresses.ListTurned(before, after))
        {
            needs.Add($"A certificate that covers the host of {host}, and TLS at that address.");
        }

        if (after.FindAt("server", "ha", "apiAddr") is FixText address
            && before.FindAt("server", "ha", "apiAddr") is null or FixText { IsNothing: true })
        {
            needs.Add($"A certificate that covers the host of server.ha.apiAddr, '{address.Text}', for every pod; a wildcard is enough.");
        }

        if (after.FindAt("server", "resources", "limits", "memory") is FixText memory
            && before.FindAt("server", "resources", "limits", "memory") is null)
        {
            needs.Add($"A measured memory limit: {memory.Text} is a starting point.");
        }

        return needs;
    }

    private static IEnumerable<string> ListSecrets(FixMap before, FixMap after)
    {
        var mounted = ListItems(before, "volumeMounts").Select(mount => ReadText(mount, "name")).ToHashSet();
        var names = ListItems(before, "volumes").Select(volume => ReadText(volume, "name")).Where(mounted.Contains).ToHashSet();
        return ListItems(after, "volumes")
            .Where(volume => !names.Contains(ReadText(volume, "name")))
            .Where(volume => ListItems(after, "volumeMounts").Any(mount => ReadText(mount, "name") == ReadText(volume, "name")))
            .Select(volume => (volume.FindAt("secret", "secretName") as FixText)?.Text)
            .OfType<string>()
            .Select(secret => $"Secret '{secret}' with tls.crt, tls.key and ca.crt in the namespace of the release (kubectl create secret "
                + "generic; VaultConformance makes one for its own runs).");
    }

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? ReadText(FixMap map, string key) => (map.Find(key) as FixText)?.Text;
}
