using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Says what has to be there before changed values are installed.</summary>
internal static class FixNeeds
{
    /// <summary>What changed values need.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <param name="facts">What the change reaches in the server's configuration.</param>
    /// <param name="names">Name of the release, and what the chart calls its objects.</param>
    public static IReadOnlyList<string> List(FixMap before, FixMap after, ClaimFacts facts, (string Release, string Full) names)
    {
        List<string> needs =
        [
            .. ListSecrets(before, after),
            .. AuthorityFiles.Describe(before, after) is { } authority ? [authority] : Array.Empty<string>(),
        ];
        if (facts.SwitchesTls)
        {
            needs.Add("Clients that speak https: applications, the injector, the CSI provider.");
            needs.AddRange(new ServerAddresses(facts.ConfigAfter, names.Full).ListOthers(after));
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

        // Addresses that the change brings along name the Service of the release that was tested.
        var service = $"{names.Full}-internal";
        if (CountNamed(after, service) > CountNamed(before, service) && before.Find("fullnameOverride") is not FixText { IsNothing: false })
        {
            needs.Add($"A release that is installed as '{names.Release}': the change names its Service {service}. For another name give it "
                + "to a run with --release, or change the Service's name in the file.");
        }

        if (after.FindAt("server", "authDelegator", "enabled") is FixText { Text: "false" }
            && before.FindAt("server", "authDelegator", "enabled") is not FixText { Text: "false" })
        {
            needs.Add(
                "No Kubernetes auth method that has tokens checked with the servers' own account: server.authDelegator is switched off. "
                    + "Where one is used, leave it on and declare kubernetesAuth in the profile.");
        }

        if (after.FindAt("server", "resources", "limits", "memory") is FixText memory
            && before.FindAt("server", "resources", "limits", "memory") is null)
        {
            needs.Add($"A measured memory limit: {memory.Text} is a starting point.");
        }

        return [.. needs, .. ListSizes(before, after), .. AccessNeeds.List(facts, names.Full), .. ConfigNeeds.List(facts)];
    }

    // What the program brings along itself needs no more than it gives.
    private static IEnumerable<string> ListSizes(FixMap before, FixMap after) => ListItems(after, "volumes")
        .Where(volume => volume.FindAt("emptyDir", "sizeLimit") is FixText
            && ListItems(before, "volumes").Any(own => ReadText(own, "name") == ReadText(volume, "name")
                && own.FindAt("emptyDir", "sizeLimit") is null))
        .Select(
            volume => $"A measured size for volume {ReadText(volume, "name")}: {((FixText)volume.FindAt("emptyDir", "sizeLimit")!).Text} "
                + "is a starting point, and a pod that exceeds it is evicted.");

    private static int CountNamed(FixNode node, string service) => node switch
    {
        FixText text => text.Text.Split(service).Length - 1,
        FixList list => list.Items.Sum(item => CountNamed(item, service)),
        FixMap map => map.Entries.Sum(entry => CountNamed(entry.Value, service)),
        _ => 0,
    };

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
