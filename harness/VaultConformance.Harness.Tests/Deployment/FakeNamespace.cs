using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>One namespace of an API server, whose content a test changes as it goes.</summary>
internal sealed class FakeNamespace : IAsyncDisposable
{
    public const string Name = "secrets";
    private const string Path = $"/api/v1/namespaces/{Name}";
    private FakeApiServer _server = null!;

    public IKubernetes Client => _server.Client;

    public V1Namespace? Namespace { get; set; }

    public IReadOnlyList<V1Pod> Pods { get; set; } = [];

    public IReadOnlyList<Corev1Event> Events { get; set; } = [];

    public string Log { get; set; } = "";

    /// <summary>Status with which a request is refused, by the method and the end of the path, for example <c>GET /pods</c>; as often as it says.</summary>
    public ConcurrentDictionary<string, (int Status, int Times)> Refusals { get; } = new();

    /// <summary>What the API server says that it has, by path.</summary>
    public ConcurrentDictionary<string, string> Resources { get; } = new();

    /// <summary>Method, path and query of everything that was asked.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Called before each answer.</summary>
    public Action<string>? Before { get; set; }

    public static async Task<FakeNamespace> StartAsync()
    {
        var fake = new FakeNamespace();
        fake._server = await FakeApiServer.StartAsync(routes => routes.MapFallback(fake.AnswerAsync));
        return fake;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var what = $"{context.Request.Method} {context.Request.Path.Value!.TrimEnd('/')}";
        Requests.Enqueue(what + context.Request.QueryString);
        Before?.Invoke(what);
        if (Refusal(what) is { } status)
        {
            return RespondAsync(context, status, Status(status, "the \"test\" says so"));
        }

        return what switch
        {
            $"GET {Path}/pods" => RespondAsync(context, 200, new V1PodList { Items = [.. Pods] }),
            $"GET {Path}/events" => RespondAsync(context, 200, new Corev1EventList { Items = [.. Events] }),
            $"GET {Path}" => Namespace is { } seen ? RespondAsync(context, 200, seen) : RespondAsync(context, 404, Status(404, "not found")),
            $"DELETE {Path}" => DeleteAsync(context),
            $"DELETE {Path}/pods" => RespondAsync(context, 200, new V1PodList { Items = [] }),
            "POST /api/v1/namespaces" => CreateAsync(context),
            _ when what.EndsWith("/log", StringComparison.Ordinal) => context.Response.WriteAsync(Log),
            "GET /version" => context.Response.WriteAsync("""{"major":"1","minor":"34","gitVersion":"v1.34.1"}"""),
            _ when context.Request.Method == HttpMethods.Get && Resources.TryGetValue(context.Request.Path.Value!.TrimEnd('/'), out var resources) =>
                context.Response.WriteAsync(resources),
            _ when context.Request.Method == HttpMethods.Get => context.Response.WriteAsync("""{"items":[],"groups":[],"resources":[]}"""),
            _ => RespondAsync(context, 404, Status(404, "the test has no such object")),
        };
    }

    private int? Refusal(string what)
    {
        foreach (var (ending, (status, times)) in Refusals)
        {
            var parts = ending.Split(' ');
            if (times > 0 && what.StartsWith(parts[0], StringComparison.Ordinal) && what.EndsWith(parts[1], StringComparison.Ordinal))
            {
                Refusals[ending] = (status, times - 1);
                return status;
            }
        }

        return null;
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (Namespace is not null)
        {
            await RespondAsync(context, 409, Status(409, "namespaces \"secrets\" already exists"));
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        Namespace = KubernetesJson.Deserialize<V1Namespace>(await reader.ReadToEndAsync());
        await RespondAsync(context, 201, Namespace);
    }

    private Task DeleteAsync(HttpContext context)
    {
        Namespace = null;
        return RespondAsync(context, 200, Status(200, "deleted"));
    }

    private static JsonObject Status(int code, string message) => new() { ["apiVersion"] = "v1", ["kind"] = "Status", ["code"] = code, ["message"] = message };

    private static Task RespondAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body is JsonObject json ? json.ToJsonString() : KubernetesJson.Serialize(body));
    }
}
