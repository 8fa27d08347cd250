using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>An API server of a cluster that is only asked: version, groups, storage classes, and who may do what.</summary>
internal sealed class FakeApiServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeApiServer()
    {
        var port = FindPort();
        Url = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Whether something is allowed, by verb and resource with its group, for example <c>list jobs.batch</c>.</summary>
    public Func<string, bool> IsAllowed { get; set; } = _ => true;

    /// <summary>Names of storage classes; the default one has a star.</summary>
    public IReadOnlyList<string> StorageClasses { get; set; } = ["standard*"];

    /// <summary>API groups beside Kubernetes' own.</summary>
    public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>What was asked, by method and path.</summary>
    public List<string> Asked { get; } = [];

    public string Kubeconfig => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "{{Url}}"} }]
        users: [{name: u, user: {token: t} }]
        contexts: [{name: staging, context: {cluster: c, user: u} }]
        """;

    public void Dispose()
    {
        _listener.Stop();
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private static int FindPort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var answer = Encoding.UTF8.GetBytes(await AnswerAsync(context.Request));
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task<string> AnswerAsync(HttpListenerRequest request)
    {
        Asked.Add($"{request.HttpMethod} {request.Url!.AbsolutePath}");
        using var reader = new StreamReader(request.InputStream);
        var body = await reader.ReadToEndAsync();
        return request.Url.AbsolutePath.Trim('/') switch
        {
            "version" => """{"major": "1", "minor": "34", "gitVersion": "v1.34.1", "gitCommit": "c", "gitTreeState": "clean", "buildDate": "d", "goVersion": "g", "compiler": "gc", "platform": "linux/amd64"}""",
            "apis" => $$"""{"kind": "APIGroupList", "apiVersion": "v1", "groups": [{{string.Join(',', Groups.Select(group => $$"""{"name": "{{group}}", "versions": []}"""))}}]}""",
            "apis/storage.k8s.io/v1/storageclasses" => $$"""{"kind": "StorageClassList", "apiVersion": "storage.k8s.io/v1", "items": [{{string.Join(',', StorageClasses.Select(WriteClass))}}]}""",
            "apis/authorization.k8s.io/v1/selfsubjectaccessreviews" => Review(JsonNode.Parse(body)!),
            _ => """{"kind": "Status", "status": "Failure", "code": 404}""",
        };
    }

    private string Review(JsonNode review)
    {
        var asked = review["spec"]!["resourceAttributes"]!;
        string Read(string name) => asked[name]?.GetValue<string>() ?? string.Empty;
        var resource = Read("resource") + (Read("subresource") is { Length: > 0 } sub ? $"/{sub}" : string.Empty) + (Read("group") is { Length: > 0 } group ? $".{group}" : string.Empty);
        review["status"] = new JsonObject { ["allowed"] = IsAllowed($"{Read("verb")} {resource}") };
        return review.ToJsonString();
    }

    private static string WriteClass(string name) => $$"""
        {"metadata": {"name": "{{name.TrimEnd('*')}}", "annotations": {"storageclass.kubernetes.io/is-default-class": "{{(name.EndsWith('*') ? "true" : "false")}}"} }, "provisioner": "p"}
        """;
}
