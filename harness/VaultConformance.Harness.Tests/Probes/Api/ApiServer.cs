using System.Text.Json.Nodes;
using VaultConformance.Harness.Probes.Api;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Vault;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Probes.Api;

/// <summary>A server that answers paths as a test wants, and the reader of the auditor.</summary>
internal sealed class ApiServer : IDisposable
{
    private readonly FakeServer _server;

    public ApiServer()
    {
        _server = new FakeServer("vault-0", Journal) { Initialized = true, Sealed = false };
    }

    public List<string> Journal { get; } = [];

    public FakeServer Server => _server;

    public ApiServer Answer(string path, string json)
    {
        _server.Replies[path] = new VaultReply(200, JsonNode.Parse(json)!.AsObject(), []);
        return this;
    }

    public ApiServer Refuse(string path, int status, params IReadOnlyList<string> errors)
    {
        _server.Replies[path] = new VaultReply(status, [], errors);
        return this;
    }

    public void Dispose() => _server.Dispose();

    public ApiReader Open() => new(_server.Connection, new SecretText("hvs.another"));
}
