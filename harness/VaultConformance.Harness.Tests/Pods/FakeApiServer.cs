using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace VaultConformance.Harness.Tests.Pods;

/// <summary>A loopback server that answers like an API server as far as a test tells it to.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeApiServer(WebApplication application)
    {
        _application = application;
        Client = new Kubernetes(new KubernetesClientConfiguration { Host = application.Urls.Single() });
    }

    public Kubernetes Client { get; }

    public static async Task<FakeApiServer> StartAsync(Action<IEndpointRouteBuilder> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.UseWebSockets();
        routes(application);
        await application.StartAsync();
        return new FakeApiServer(application);
    }

    public static Task<FakeApiServer> WithExecAsync(Func<FakePodSocket, Task> conversation) => StartAsync(routes =>
        routes.MapGet("/api/v1/namespaces/{ns}/pods/{pod}/exec", context => AcceptAsync(context, conversation)));

    public static Task<FakeApiServer> WithPortForwardAsync(Func<FakePodSocket, Task> conversation) => StartAsync(routes =>
        routes.MapGet("/api/v1/namespaces/{ns}/pods/{pod}/portforward", context => AcceptAsync(context, conversation)));

    /// <summary>Refuses every exec with a status code; the pod itself reads as given.</summary>
    public static Task<FakeApiServer> RefusingExecAsync(int statusCode, V1Pod? pod) => StartAsync(routes =>
    {
        routes.MapGet("/api/v1/namespaces/{ns}/pods/{pod}/exec", context => Refuse(context, statusCode));
        routes.MapGet("/api/v1/namespaces/{ns}/pods/{pod}/portforward", context => Refuse(context, statusCode));
        routes.MapGet("/api/v1/namespaces/{ns}/pods/{pod}", context => pod is null
            ? Refuse(context, StatusCodes.Status404NotFound)
            : context.Response.WriteAsync(KubernetesJson.Serialize(pod)));
    });

    /// <summary>Answers GET with JSON by path; a number is a status code, and everything else is an empty list.</summary>
    public static Task<FakeApiServer> WithObjectsAsync(IReadOnlyDictionary<string, object> answers) => StartAsync(routes =>
        routes.MapFallback(context => answers.GetValueOrDefault(context.Request.Path.Value!.TrimEnd('/'), """{"items":[],"groups":[],"resources":[]}""") switch
        {
            int statusCode => Refuse(context, statusCode),
            var answer => context.Response.WriteAsync((string)answer),
        }));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(impatient.Token);
        await _application.DisposeAsync();
    }

    private static Task Refuse(HttpContext context, int statusCode)
    {
        context.Response.StatusCode = statusCode;
        return context.Response.WriteAsync(
            JsonSerializer.Serialize(new { apiVersion = "v1", kind = "Status", status = "Failure", code = statusCode, message = "refused by the test" }));
    }

    private static async Task AcceptAsync(HttpContext context, Func<FakePodSocket, Task> conversation)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("v4.channel.k8s.io");
        await conversation(new FakePodSocket(socket, context));
    }
}

/// <summary>The server's end of an exec or port-forward connection. Returning without <see cref="CloseAsync"/> ends it without the closing handshake.</summary>
internal sealed class FakePodSocket(WebSocket socket, HttpContext context)
{
    public string Query => context.Request.QueryString.Value ?? string.Empty;

    public Task SendAsync(byte channel, string text) => SendAsync(channel, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte channel, ReadOnlyMemory<byte> payload, bool endOfMessage = true) =>
        socket.SendAsync(new[] { (byte[])[channel], payload.ToArray() }.SelectMany(part => part).ToArray(), WebSocketMessageType.Binary, endOfMessage, context.RequestAborted);

    public async Task SendContinuationAsync(string text, bool endOfMessage) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage, context.RequestAborted);

    public Task SendStatusAsync(object status) => SendAsync(3, JsonSerializer.Serialize(status));

    public Task SendExitCodeAsync(int exitCode) => SendStatusAsync(exitCode == 0
        ? new { metadata = new { }, status = "Success" }
        : new
        {
            metadata = new { },
            status = "Failure",
            message = $"command terminated with non-zero exit code {exitCode}",
            reason = "NonZeroExitCode",
            details = new { causes = new[] { new { reason = "ExitCode", message = $"{exitCode}" } } },
        });

    /// <summary>Reads input of channel 0 until the predicate holds for all of it.</summary>
    public async Task<string> ReadInputAsync(Func<string, bool> complete)
    {
        var input = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (!complete(Encoding.UTF8.GetString(input.ToArray())))
        {
            var first = true;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                input.Write(buffer.AsSpan(0, received.Count)[(first ? 1 : 0)..]);
                first = false;
            }
            while (!received.EndOfMessage);
        }

        return Encoding.UTF8.GetString(input.ToArray());
    }

    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);

    /// <summary>Leaves the connection open until the client goes away.</summary>
    public async Task StayAsync()
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
