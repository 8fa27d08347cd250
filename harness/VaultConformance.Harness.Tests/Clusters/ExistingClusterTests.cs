using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Clusters;

[CancelAfter(30_000)]
public sealed class ExistingClusterTests
{
    private const string Version = """{"major":"1","minor":"34","gitVersion":"v1.34.1"}""";
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    private string State => Path.Combine(_folder.Path, "state");

    [Test]
    public async Task The_copy_is_private_and_goes_with_the_cluster_while_the_users_file_stays(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { ["/version"] = Version });
        var kubeconfig = Kubeconfig(server, "token: a-token");
        var before = await File.ReadAllTextAsync(kubeconfig, cancellationToken);

        await using (var cluster = await ExistingCluster.OpenAsync(kubeconfig, "here", State, cancellationToken))
        {
            Assert.That((cluster.Description, cluster.Kind), Is.EqualTo(("context 'here'", "existing")));
            Assert.That(cluster.KubeconfigPath, Does.StartWith(State));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(cluster.KubeconfigPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        Assert.That(Directory.GetFiles(State), Is.Empty);
        Assert.That(await File.ReadAllTextAsync(kubeconfig, cancellationToken), Is.EqualTo(before));
    }

    [Test]
    [Platform("Linux", Reason = "The plugin is a shell script.")]
    [SupportedOSPlatform("linux")]
    public async Task An_exec_plugin_next_to_the_file_gives_the_credentials(CancellationToken cancellationToken)
    {
        var seen = string.Empty;
        await using var server = await FakeApiServer.StartAsync(routes => routes.MapGet("/version", context =>
        {
            seen = context.Request.Headers.Authorization.ToString();
            return context.Response.WriteAsync(Version);
        }));
        var plugin = _folder.Write(
            "bin/login", "#!/bin/sh\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"from-'$1'\"}}'\n");
        File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await using var cluster = await ExistingCluster.OpenAsync(
            Kubeconfig(server, "exec: {apiVersion: client.authentication.k8s.io/v1, command: bin/login, args: [plugin], interactiveMode: Never}"), "here", State, cancellationToken);

        Assert.That(seen, Is.EqualTo("Bearer from-plugin"));
    }

    [TestCase("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./nowhere, interactiveMode: Never}")]
    [TestCase("{client-certificate-data: bm8=, client-key-data: bm8=}")]
    [TestCase("{client-certificate: gone.crt, client-key: gone.key}")]
    public async Task Credentials_that_cannot_be_used_are_told_and_leave_no_copy(string user, CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { ["/version"] = Version });
        var kubeconfig = Kubeconfig(server, user);

        await Assert.ThatAsync(
            () => ExistingCluster.OpenAsync(kubeconfig, "here", State, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration)
                .And.Message.StartsWith("Cluster and credentials of context 'here' cannot be used: ")
                .And.Message.EndsWith($". Correct them in '{kubeconfig}', or choose another context with --context."));
        Assert.That(Directory.GetFiles(State), Is.Empty);
    }

    [TestCase(401, "refuses the credentials: refused by the test")]
    [TestCase(403, "refuses the credentials: refused by the test")]
    [TestCase(500, "does not answer: refused by the test")]
    public async Task What_the_API_server_says_is_told_and_leaves_no_copy(int status, string problem, CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { ["/version"] = status });
        var kubeconfig = Kubeconfig(server, "token: a-token");

        await Assert.ThatAsync(
            () => ExistingCluster.OpenAsync(kubeconfig, "here", State, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment)
                .And.Message.EqualTo($"The API server of context 'here' {problem}. Check the cluster and the credentials in '{kubeconfig}'."));
        Assert.That(Directory.GetFiles(State), Is.Empty);
    }

    [Test]
    public async Task A_server_that_is_not_there_is_told(CancellationToken cancellationToken)
    {
        var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>());
        var kubeconfig = Kubeconfig(server, "token: a-token");
        await server.DisposeAsync();

        await Assert.ThatAsync(
            () => ExistingCluster.OpenAsync(kubeconfig, "here", State, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                $"The API server of context 'here' does not answer: Connection refused. Check the cluster and the credentials in '{kubeconfig}'."));
    }

    [Test]
    public async Task An_interruption_is_one_and_leaves_no_copy(CancellationToken cancellationToken)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var server = await FakeApiServer.StartAsync(routes => routes.MapGet("/version", async context =>
        {
            await interrupted.CancelAsync();
            await context.Response.WriteAsync(Version);
        }));

        await Assert.ThatAsync(
            () => ExistingCluster.OpenAsync(Kubeconfig(server, "token: a-token"), "here", State, interrupted.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(State), Is.Empty);
    }

    private string Kubeconfig(FakeApiServer server, string user)
    {
        var credentials = user.StartsWith('{') ? user : "{" + user + "}";
        return _folder.Write(
            "config",
            $"""
            apiVersion: v1
            kind: Config
            contexts:
            - name: here
              context:
                cluster: c
                user: u
            clusters:
            - name: c
              cluster:
                server: {server.Client.BaseUri}
            users:
            - name: u
              user: {credentials}
            """);
    }
}
