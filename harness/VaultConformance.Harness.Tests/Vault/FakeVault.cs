using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using VaultConformance.Harness.Tests.Tls;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>A real HTTP or HTTPS server on the loopback interface that answers as a test says and remembers what it was asked.</summary>
internal sealed class FakeVault : IAsyncDisposable
{
    public const string HostName = "vault-0.vault-internal";
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<ReceivedRequest> _requests = [];
    private Func<HttpContext, Task> _answer;

    private FakeVault(WebApplication application, Func<HttpContext, Task> answer)
    {
        _application = application;
        _answer = answer;
        application.Run(AnswerAsync);
    }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    private Uri Listening => new(_application.Urls.Single());

    /// <summary>Answers every request with a status and a body.</summary>
    public static Func<HttpContext, Task> Always(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        return status == StatusCodes.Status204NoContent ? Task.CompletedTask : context.Response.WriteAsync(body);
    };

    public static async Task<FakeVault> StartAsync(Func<HttpContext, Task> answer, ServerCertificate? certificate = null, bool demandsClients = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (certificate is not null)
            {
                var chain = new X509Certificate2Collection();
                chain.ImportFromPem(certificate.CertificateChain);
                listener.UseHttps(https =>
                {
                    https.ServerCertificate = X509Certificate2.CreateFromPem(certificate.CertificateChain, certificate.PrivateKey);
                    https.ServerCertificateChain = chain;
                    if (demandsClients)
                    {
                        var anchors = new X509Certificate2Collection();
                        anchors.ImportFromPem(certificate.Authority);
                        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                        https.ClientCertificateValidation = (shown, presented, _) => DemandingServer.Accepts(anchors, shown, presented);
                    }
                });
            }
        }));
        var application = builder.Build();
        var vault = new FakeVault(application, answer);
        await application.StartAsync();
        return vault;
    }

    /// <summary>Forgets what it was asked and answers in another way from now on.</summary>
    public void Answer(Func<HttpContext, Task> answer)
    {
        _answer = answer;
        _requests.Clear();
    }

    /// <summary>How clients reach it: by the host name that its certificate carries, over a stream that the harness opens.</summary>
    public VaultEndpoint Endpoint(EndpointTrust? trust = null, ClientCertificate? client = null) => new(
        "vault-0", new UriBuilder(Listening.Scheme, HostName, 8200).Uri, token => ConnectAsync(Listening.Port, token), trust, client);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    public static async Task<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(await ReceivedRequest.ReadAsync(context.Request));
        await _answer(context);
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Line">Method, path and query.</param>
/// <param name="Token">Value of <c>X-Vault-Token</c>; empty without one.</param>
/// <param name="Marked">True with <c>X-Vault-Request</c>, which Vault's agents and proxies ask for.</param>
/// <param name="Body">Body.</param>
internal sealed record ReceivedRequest(string Line, string Token, bool Marked, string Body)
{
    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var headers = request.Headers;
        return new ReceivedRequest(
            $"{request.Method} {request.Path.Value}{request.QueryString}", headers["X-Vault-Token"].ToString(), headers["X-Vault-Request"] == "true", await reader.ReadToEndAsync());
    }
}
