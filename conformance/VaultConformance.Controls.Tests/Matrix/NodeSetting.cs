using VaultConformance.Harness.Clusters;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>A setting of the node's kernel for the time of one case. The kernel is the host's, so that it is set back in any case.</summary>
internal sealed class NodeSetting : IAsyncDisposable
{
    private const string SwapFile = "/var/lib/rancher/k3s/vault-conformance-swap";
    private const string PolicyRules = "/run/k3s-node/network-policy.nft";
    private const string ListPolicies = "nft list table ip k3s-network-policy >/dev/null 2>&1";
    private readonly INodeAccess _node;
    private readonly string? _undo;

    private NodeSetting(INodeAccess node, string? undo)
    {
        _node = node;
        _undo = undo;
    }

    /// <summary>Applies a setting.</summary>
    /// <param name="node">The node.</param>
    /// <param name="setting"><c>swap</c>, <c>core-pattern=…</c>, <c>no-network-policy</c>, or null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<NodeSetting> ApplyAsync(INodeAccess node, string? setting, CancellationToken cancellationToken)
    {
        if (setting is null)
        {
            return new NodeSetting(node, null);
        }

        var (apply, undo) = setting.Split('=', 2) switch
        {
            ["swap"] => (
                $"dd if=/dev/zero of={SwapFile} bs=1M count=16 2>/dev/null && chmod 600 {SwapFile} && mkswap {SwapFile} >/dev/null && swapon {SwapFile}",
                $"swapoff {SwapFile}; rm -f {SwapFile}"),
            ["core-pattern", var pattern] => (
                $"printf '%s' '{pattern}' > /proc/sys/kernel/core_pattern",
                $"printf '%s' '{await PatternAsync(node, cancellationToken)}' > /proc/sys/kernel/core_pattern"),
            ["no-network-policy"] => await HasSwitchAsync(node, cancellationToken)
                ? ($"touch {PolicyRules}.off && {Look("off")} && until ! {ListPolicies}; do sleep 0.2; done", $"rm {PolicyRules}.off && {Look("on")} && until {ListPolicies}; do sleep 0.2; done")
                : throw new IgnoreException("Only the offline node can stop to enforce network policies while it runs."),
            _ => throw new AssertionException($"'{setting}' is not a known setting of a node."),
        };
        var result = new NodeSetting(node, undo);
        await result.RunAsync(apply, cancellationToken);
        return result;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_undo is not null)
        {
            await RunAsync(_undo, CancellationToken.None);
        }
    }

    // The node looks again after every change.
    private static string Look(string state) => $"kubectl annotate --overwrite namespace default vault-conformance/network-policy={state} >/dev/null";

    private static async Task<bool> HasSwitchAsync(INodeAccess node, CancellationToken cancellationToken) =>
        (await node.RunOnNodeAsync(["test", "-e", PolicyRules], cancellationToken)).ExitCode == 0;

    private static async Task<string> PatternAsync(INodeAccess node, CancellationToken cancellationToken) =>
        (await node.RunOnNodeAsync(["cat", "/proc/sys/kernel/core_pattern"], cancellationToken)).StandardOutput.Trim();

    private async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        var result = await _node.RunOnNodeAsync(["sh", "-c", script], cancellationToken);
        Assert.That(result.ExitCode, Is.Zero, $"{script}: {result.StandardError}");
    }
}
