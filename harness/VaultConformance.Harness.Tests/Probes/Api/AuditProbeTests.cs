using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class AuditProbeTests
{
    private const string Digest = "hmac-sha256:abc";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [SetUp]
    public void OneDevice()
    {
        _server.Server.Replies.Clear();
        _server.Answer("sys/audit", """{"data":{"file/":{"type":"file","options":{"file_path":"/vault/audit/a.log","mode":"0600","token":"x"}}},"request_id":"1"}""")
            .Answer("sys/audit-hash/file", $$$"""{"data":{"hash":"{{{Digest}}}"}}""");
    }

    [Test]
    public async Task A_marked_request_is_followed_to_its_file(CancellationToken cancellationToken)
    {
        var logs = new Logs($"...{Digest}...");

        var device = (await TakeAsync(logs, cancellationToken)).Devices.Single();

        Assert.That((device.Path, device.Type, device.Destination, device.Trace, device.File!.Mode), Is.EqualTo(("file/", "file", "/vault/audit/a.log", new AuditTrace(true, false), "600")));
        Assert.That(device.Options.Keys, Is.EquivalentTo(new[] { "file_path", "mode" }), "options that nobody judges are not kept");
        Assert.That(logs.Value, Does.Match("^vault-conformance-[0-9a-f]{32}$"));
    }

    [Test]
    public async Task The_value_itself_is_seen(CancellationToken cancellationToken)
    {
        var logs = new Logs(string.Empty) { RepeatsValue = true };

        Assert.That((await TakeAsync(logs, cancellationToken)).Devices.Single().Trace, Is.EqualTo(new AuditTrace(false, true)));
    }

    [Test]
    public async Task A_socket_is_not_looked_into(CancellationToken cancellationToken)
    {
        _server.Answer("sys/audit", """{"data":{"siem/":{"type":"socket","options":{"address":"siem:9090"}}}}""").Answer("sys/audit-hash/siem", $$$"""{"data":{"hash":"{{{Digest}}}"}}""");

        var device = (await TakeAsync(new Logs(Digest), cancellationToken)).Devices.Single();

        Assert.That((device.Trace, device.TraceProblem), Is.EqualTo(((AuditTrace?)null, "what a device of type 'socket' writes leaves the pod")));
    }

    [Test]
    public async Task A_digest_that_is_refused_leaves_the_trace_unknown(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/audit-hash/file", 403, "permission denied");

        var device = (await TakeAsync(new Logs(Digest), cancellationToken)).Devices.Single();

        Assert.That((device.Trace, device.TraceProblem), Is.EqualTo(((AuditTrace?)null, "'sys/audit-hash/file' was answered with HTTP 403 (permission denied)")));
    }

    [Test]
    public async Task A_list_of_devices_that_is_refused_ends_the_observation(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/audit", 403, "permission denied");

        await Assert.ThatAsync(() => TakeAsync(new Logs(Digest), cancellationToken), Throws.InstanceOf<HarnessException>());
    }

    [TestCase("mode 640\nspace 1000 250\n", "640", 1000L, 250L)]
    [TestCase("mode \n", null, null, null)]
    [TestCase("mode 6x0\nspace many few\n", null, null, null)]
    [TestCase("", null, null, null)]
    public void What_is_not_understood_of_a_file_stays_unknown(string text, string? mode, long? total, long? free) =>
        Assert.That(AuditLogReader.ReadFile(text), Is.EqualTo(new AuditFile(mode, total, free)));

    [Test]
    public void The_script_names_any_file_and_nothing_else() =>
        Assert.That(AuditLogReader.WriteScript("/a'$(id)"), Does.Contain("file='/a'\\''$(id)'"));

    private async Task<AuditFacts> TakeAsync(IAuditLogs logs, CancellationToken cancellationToken)
    {
        using var reader = _server.Open();
        return await AuditProbe.ReadAsync(reader, logs, cancellationToken);
    }

    private sealed class Logs(string text) : IAuditLogs
    {
        public bool RepeatsValue { get; init; }

        public string? Value { get; private set; }

        public Task<AuditTrace> FindInOutputAsync(string digest, string value, CancellationToken cancellationToken) =>
            Task.FromResult(new AuditTrace(text.Contains(digest, StringComparison.Ordinal), RepeatsValue));

        public Task<(AuditTrace? Trace, AuditFile? File, string? Problem)> FindInFileAsync(string path, string digest, string value, CancellationToken cancellationToken)
        {
            Value = value;
            return Task.FromResult<(AuditTrace?, AuditFile?, string?)>((new AuditTrace(text.Contains(digest, StringComparison.Ordinal), RepeatsValue), new AuditFile("600", 1, 1), null));
        }
    }
}
