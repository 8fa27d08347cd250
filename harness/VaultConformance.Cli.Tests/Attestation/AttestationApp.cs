using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Cli.Tests.Attestation;

/// <summary>A working folder with a signer's keys, for the verbs about attestations.</summary>
internal sealed class AttestationApp : IDisposable
{
    public const string Bundle = "evidence.vcb";
    public const string Envelope = "evidence.vcb.intoto.json";

    public AttestationApp()
        : this(KeyPair.New())
    {
    }

    private AttestationApp(KeyPair signer)
    {
        Signer = signer;
        var key = App.WriteWork("signing.pem", Signer.PrivatePem);
        App.WriteWork("public.pem", Signer.PublicPem);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public TestApp App { get; } = new();

    public KeyPair Signer { get; }

    public string PathOf(string name) => Path.Combine(App.WorkingFolder, name);

    public Task WriteAsync(EvidenceBundle bundle) => bundle.WriteAsync(PathOf(Bundle));

    public async Task SignedAsync(EvidenceBundle bundle)
    {
        await WriteAsync(bundle);
        var result = await AttestAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    public Task<CliResult> AttestAsync() => App.RunAsync("attest", Bundle, "--key", "signing.pem");

    public Task<CliResult> VerifyAsync() => App.RunAsync("verify", Bundle, "--key", "public.pem");

    /// <summary>Another working folder with the same keys, bundle and attestation.</summary>
    public AttestationApp Copy()
    {
        var copy = new AttestationApp(Signer);
        File.Copy(PathOf(Bundle), copy.PathOf(Bundle));
        File.Copy(PathOf(Envelope), copy.PathOf(Envelope));
        return copy;
    }

    /// <summary>The signed statement.</summary>
    public JsonObject Statement() => (JsonObject)JsonNode.Parse(DsseEnvelopeJson.Read(File.ReadAllBytes(PathOf(Envelope)), "test").Payload.Span)!;

    /// <summary>Replaces the statement by another text that the right signer signed.</summary>
    public void Sign(string statement, string payloadType = DsseEnvelope.InTotoPayloadType)
    {
        using var key = Signer.Signer();
        var payload = Encoding.UTF8.GetBytes(statement);
        var signed = Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} {statement}");
        File.WriteAllText(PathOf(Envelope), DsseEnvelopeJson.Write(new DsseEnvelope(payloadType, payload, [new DsseSignature(key.KeyId, key.Sign(signed))])));
    }

    public void Dispose() => App.Dispose();
}
