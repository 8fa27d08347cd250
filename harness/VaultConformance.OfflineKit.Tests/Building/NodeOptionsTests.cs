using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>Runs the node's own option parser, without a node.</summary>
[Platform("Linux")]
public sealed class NodeOptionsTests
{
    private const string Script = """
        set -euo pipefail
        . "$1/log.sh"; . "$1/options.sh"; shift
        options_parse "$@"
        extra_arguments_of kubelet
        echo "policies=$NetworkPolicy"
        echo "sans=${TlsSans[*]} labels=${NodeLabels[*]} kubelet=${Extra[*]}"
        """;

    [Test]
    public async Task Both_ways_of_writing_a_name_for_the_certificate_are_understood()
    {
        Assert.That((await ParseAsync("--tls-san", "one", "--tls-san=two,10.0.0.1")).Output, Does.Contain("sans=one two 10.0.0.1 "));
    }

    [Test]
    public async Task Components_get_the_arguments_meant_for_them()
    {
        var result = await ParseAsync("--kubelet-arg=max-pods=20", "--kubelet-arg", "v=4", "--kube-apiserver-arg=profiling=false");

        Assert.That(result.Output, Does.Contain("kubelet=--max-pods=20 --v=4\n"));
    }

    [Test]
    public async Task What_Testcontainers_passes_is_accepted_in_silence()
    {
        Assert.That(await ParseAsync("--disable=traefik", "--disable", "servicelb"), Is.EqualTo(new HostCommandResult(0, "policies=true\nsans= labels= kubelet=\n", "")));
    }

    [Test]
    public async Task An_option_without_effect_here_says_so()
    {
        Assert.That((await ParseAsync("--flannel-backend=none")).Output, Does.Contain("level=warning msg=\"option --flannel-backend is accepted and has no effect on this node\""));
    }

    [TestCase("--tls-sam=x")]
    [TestCase("--kublet-arg=v=4")]
    [TestCase("agent")]
    public async Task What_k3s_does_not_know_is_refused_in_words(string option)
    {
        var result = await ParseAsync(option);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain($"level=fatal msg=\"flag provided but not defined: {option.Split('=')[0]}\""));
    }

    [TestCase("--disable-network-policy", "false")]
    [TestCase("--disable-network-policy=true", "false")]
    [TestCase("--disable-network-policy=false", "true")]
    public async Task Network_policies_are_enforced_unless_it_is_switched_off(string option, string enforced)
    {
        Assert.That((await ParseAsync(option)).Output, Does.Contain($"policies={enforced}\n"));
    }

    [Test]
    public async Task A_switch_takes_no_other_word()
    {
        Assert.That((await ParseAsync("--disable-network-policy=no")).Output, Does.Contain("invalid value \\\"no\\\" for flag --disable-network-policy"));
    }

    [Test]
    public async Task An_option_that_lacks_its_value_is_refused()
    {
        Assert.That((await ParseAsync("--tls-san")).Output, Does.Contain("flag needs an argument: --tls-san"));
    }

    private static Task<HostCommandResult> ParseAsync(params string[] options)
    {
        var library = Path.Combine(RepositoryFolders.Fixtures, "images", "node", "rootfs", "usr", "lib", "k3s-node");
        return new HostCommands().RunAsync(new HostCommand("bash", ["-c", Script, "bash", library, .. options]), CancellationToken.None);
    }
}
