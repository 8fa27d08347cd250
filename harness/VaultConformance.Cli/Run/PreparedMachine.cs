namespace VaultConformance.Cli.Run;

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
internal sealed record PreparedNode(string Image, string Kind, IReadOnlyList<string> ImageArchives, bool Reaper);
