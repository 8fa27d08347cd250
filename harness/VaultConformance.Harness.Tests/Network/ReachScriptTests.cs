using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network.Reach;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>Runs the scripts on this machine, which has bash and perhaps a busybox.</summary>
[Platform("Linux")]
public sealed class ReachScriptTests
{
    [Test]
    public async Task Connections_that_come_about_and_others_are_told_apart()
    {
        using var open = new TcpListener(IPAddress.Loopback, 0);
        open.Start();
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ReachTarget[] targets = [Target(((IPEndPoint)open.LocalEndpoint).Port), Target(((IPEndPoint)closed.LocalEndPoint!).Port)];
        var accepting = AcceptAsync(open);

        var (exitCode, output) = await RunAsync(ReachScript.WriteAttempts(targets));

        Assert.That((exitCode, ReachScript.ReadAttempts(output, 2)), Is.EqualTo((0, (IReadOnlyList<bool?>)[true, false])), output);
        await accepting;
    }

    [TestCase("0 0\n1 1\n", true, false)]
    [TestCase("1 0\n0 124\n", false, true)]
    [TestCase("0 0\n", true, null)]
    [TestCase("", null, null)]
    [TestCase("0 zero\n2 0\nnoise\n1 0 0\n-1 0\n", null, null)]
    public void What_is_not_said_is_not_known(string output, bool? first, bool? second) =>
        Assert.That(ReachScript.ReadAttempts(output, 2), Is.EqualTo(new[] { first, second }));

    [Test]
    public void Names_and_the_API_server_are_found_by_the_pod_itself()
    {
        var script = ReachScript.WriteAttempts([new ReachTarget(NetworkPlaces.Names, null, 53), new ReachTarget(NetworkPlaces.Api, null, 443)]);

        Assert.That(script, Does.Contain("try 0 \"$names\" 53 &\n").And.Contain("try 1 \"$KUBERNETES_SERVICE_HOST\" \"$KUBERNETES_SERVICE_PORT\" &\n"));
    }

    [Test]
    public void Only_addresses_get_into_a_script() =>
        Assert.That(() => ReachScript.WriteAttempts([new ReachTarget("pod/a", "10.0.0.1; reboot", 1)]), Throws.ArgumentException);

    [Test]
    public void Listeners_are_looked_for_in_the_kernels_own_words() =>
        Assert.That(ReachScript.WriteListeners([18200, 18201]), Does.Contain("for port in 18200 18201; do").And.Contain("for port in 4718 4719; do"));

    private static ReachTarget Target(int port) => new("pod/a", "127.0.0.1", port);

    private static async Task AcceptAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
