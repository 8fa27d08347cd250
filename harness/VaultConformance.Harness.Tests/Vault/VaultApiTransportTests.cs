using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>What goes wrong below HTTP, and how calls end, for every client.</summary>
[CancelAfter(30_000)]
[TestFixtureSource(typeof(VaultClients), nameof(VaultClients.Names))]
public sealed class VaultApiTransportTests(string client) : VaultApiContract(client)
{
    private const string Health = """{"initialized":true,"sealed":false,"standby":false,"version":"1.17.2"}""";

    [Test]
    public async Task Nobody_listening_is_told([ValueSource(nameof(CallNames))] string call, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var api = Open(new VaultEndpoint("vault-0", new Uri("http://vault-0:8200"), token => FakeVault.ConnectAsync(port, token), null), TimeSpan.FromSeconds(15));

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That(failure.StatusCode, Is.Null);
        Assert.That(failure.Message, Is.EqualTo($"Vault server 'vault-0' did not answer '{Operation(call)}': Connection refused. See its log in the diagnostics."));
    }

    [Test]
    public async Task What_the_transport_to_the_pod_says_is_passed_on(CancellationToken cancellationToken)
    {
        using var api = Open(
            new VaultEndpoint("vault-0", new Uri("http://vault-0:8200"), _ => throw new IOException("The pod is gone."), null), TimeSpan.FromSeconds(15));

        var failure = await FailureAsync(() => api.SealStatusAsync(cancellationToken));

        Assert.That(failure.Message, Is.EqualTo("Vault server 'vault-0' did not answer 'seal-status': The pod is gone. See its log in the diagnostics."));
    }

    [Test]
    public async Task A_certificate_of_the_test_authority_is_trusted(CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var vault = await FakeVault.StartAsync(FakeVault.Always(200, Health), Certificate(authority));
        using var api = Open(vault, EndpointTrust.CreateFor(authority.RootPem, issued: null));

        Assert.That((await api.ReadHealthAsync(cancellationToken)).Active, Is.True);
    }

    [Test]
    public async Task A_server_that_demands_client_certificates_is_shown_the_runs(CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var vault = await FakeVault.StartAsync(FakeVault.Always(200, Health), Certificate(authority), demandsClients: true);
        var trust = EndpointTrust.CreateFor(authority.RootPem, issued: null);
        using var stranger = Open(vault, trust);
        using var known = Open(vault.Endpoint(trust, authority.Client), TimeSpan.FromSeconds(15));

        Assert.That((await known.ReadHealthAsync(cancellationToken)).Active, Is.True);
        await Assert.ThatAsync(() => stranger.ReadHealthAsync(cancellationToken), Throws.TypeOf<VaultApiException>());
    }

    [Test]
    public async Task Certificates_of_others_get_no_token_and_no_key([ValueSource(nameof(CallNames))] string call, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        using var other = new TestCertificateAuthority(TimeProvider.System);
        await using var vault = await FakeVault.StartAsync(FakeVault.Always(200, "{}"), Certificate(other));
        using var api = Open(vault, EndpointTrust.CreateFor(authority.RootPem, issued: null));

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That(failure.StatusCode, Is.Null);
        Assert.That(failure.Message, Does.Contain($"did not answer '{Operation(call)}': the TLS handshake failed or its certificate is not trusted ("));
        Assert.That(vault.Requests, Is.Empty);
    }

    [Test]
    public async Task A_wrong_name_is_refused_unless_the_certificate_is_the_one_under_test(CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var certificate = authority.Issue(CertificateRecipe.Good, CertificateNames.CreateForRelease("another", "elsewhere", replicas: 1));
        await using var vault = await FakeVault.StartAsync(FakeVault.Always(200, Health), certificate);
        using var strict = Open(vault, EndpointTrust.CreateFor(authority.RootPem, issued: null));
        using var knowing = Open(vault, EndpointTrust.CreateFor(authority.RootPem, certificate.Fingerprint));

        await Assert.ThatAsync(() => strict.ReadHealthAsync(cancellationToken), Throws.TypeOf<VaultApiException>());
        Assert.That((await knowing.ReadHealthAsync(cancellationToken)).Active, Is.True);
    }

    [Test]
    public async Task A_redirect_does_not_carry_the_token_away([ValueSource(nameof(CallNames))] string call, CancellationToken cancellationToken)
    {
        var vault = Answering(context =>
        {
            context.Response.Redirect("http://elsewhere.example:8200/v1/sys/health", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using var api = Open(vault);

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That(failure.StatusCode, Is.EqualTo(307));
        Assert.That(vault.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_never_answers_is_given_up([ValueSource(nameof(CallNames))] string call, CancellationToken cancellationToken)
    {
        var vault = Answering(StallAsync);
        using var api = Open(vault.Endpoint(), TimeSpan.FromMilliseconds(150));

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That(
            failure.Message, Is.EqualTo($"Vault server 'vault-0' did not answer '{Operation(call)}': it gave no answer within 00:00:00.1500000. See its log in the diagnostics."));
    }

    [Test]
    public async Task Cancelling_ends_the_call_at_once_and_the_request_with_it(
        [ValueSource(nameof(CallNames))] string call, [Values] bool withinTheAnswer, CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        var vault = Answering(async context =>
        {
            await (withinTheAnswer ? context.Response.WriteAsync("{\"half", context.RequestAborted) : Task.CompletedTask);
            await (withinTheAnswer ? context.Response.Body.FlushAsync(context.RequestAborted) : Task.CompletedTask);
            arrived.TrySetResult();
            await StallAsync(context);
            gone.TrySetResult();
        });
        using var api = Open(vault);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        var calling = MakeAsync(api, call, cancelled.Token);
        await arrived.Task.WaitAsync(cancellationToken);
        await cancelled.CancelAsync();

        await Assert.ThatAsync(() => calling.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None), Throws.InstanceOf<OperationCanceledException>());
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
    }

    [Test]
    public async Task A_token_that_is_cancelled_already_asks_nothing([ValueSource(nameof(CallNames))] string call)
    {
        var vault = Answering(200, "{}");
        using var api = Open(vault);

        await Assert.ThatAsync(() => MakeAsync(api, call, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(vault.Requests, Is.Empty);
    }

    private static ServerCertificate Certificate(TestCertificateAuthority authority) =>
        authority.Issue(CertificateRecipe.Good, CertificateNames.CreateForRelease("vault", "vault", replicas: 1));

    private static async Task StallAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
