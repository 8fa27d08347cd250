using System.Text.RegularExpressions;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.Runs.Engine;

/// <summary>What a run works with after the machine was prepared.</summary>
/// <param name="Helm">Helm program.</param>
/// <param name="Chart">The chart, as for <c>--chart</c>.</param>
/// <param name="Node">How the node is started; null on an existing cluster.</param>
/// <param name="VaultImage">Server image that replaces the values' one; null to leave it.</param>
/// <param name="StandIn">True when the server image or the chart is a stand-in.</param>
/// <param name="Notices">Sentences that come first in every report.</param>
internal sealed record PreparedMachine(
    string Helm, string Chart, PreparedNode? Node, string? VaultImage, bool StandIn, IReadOnlyList<string> Notices);

/// <summary>How the node is started.</summary>
/// <param name="Image">Node image.</param>
/// <param name="Kind">Kind as in the cluster facts.</param>
/// <param name="ImageArchives">Archives that it imports.</param>
/// <param name="Reaper">True when Testcontainers' reaper can be had.</param>
internal sealed partial record PreparedNode(string Image, string Kind, IReadOnlyList<string> ImageArchives, bool Reaper)
{
    /// <summary>Kind of the node that is built on this machine.</summary>
    public const string OfflineKind = "offline-node";

    /// <summary>Kubernetes of the node as far as it is known before it starts: by how it was built, or by the tag of the image; null when neither tells.</summary>
    public string? KubernetesVersion => Kind == OfflineKind
        ? KitBuilder.KubernetesVersion
        : VersionTag().Match(Image) is { Success: true } match ? match.Groups["version"].Value : null;

    [GeneratedRegex(@":v(?<version>\d+\.\d+\.\d+)[-+]k3s", RegexOptions.CultureInvariant)]
    private static partial Regex VersionTag();
}
