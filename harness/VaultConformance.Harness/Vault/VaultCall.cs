using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Vault;

/// <summary>A call of the API that has no method of its own.</summary>
/// <param name="Method">HTTP method; <c>LIST</c> is one.</param>
/// <param name="Path">Path below <c>/v1/</c>, with its query.</param>
/// <param name="Body">What is sent; null for nothing.</param>
public sealed record VaultCall(HttpMethod Method, string Path, JsonObject? Body = null)
{
    /// <summary>True for a path that does not lie below <c>/v1/</c>, such as the user interface.</summary>
    public bool IsOutsideApi { get; init; }

    /// <summary>The page that a browser would name as the one that calls; null for none.</summary>
    public string? Origin { get; init; }

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path.</param>
    public static VaultCall Read(string path) => new(HttpMethod.Get, path);

    /// <summary>Lists what is below a path.</summary>
    /// <param name="path">The path.</param>
    public static VaultCall List(string path) => new(new HttpMethod("LIST"), path);

    /// <summary>Writes to a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="body">What is written.</param>
    public static VaultCall Write(string path, JsonObject? body) => new(HttpMethod.Post, path, body);
}

/// <summary>What Vault answered, whatever it was.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The answer; empty when there was none, or when it was not JSON. It may hold secrets.</param>
/// <param name="Errors">Vault's own texts for a refusal, shortened, without the token of the call.</param>
public sealed record VaultReply(int Status, JsonObject Body, IReadOnlyList<string> Errors)
{
    /// <summary>The headers of the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>True for a status of success.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The member <c>data</c>; null when there is none.</summary>
    public JsonObject? Data => Body["data"] as JsonObject;

    /// <summary>The names of a list; empty when there are none.</summary>
    public IReadOnlyList<string> Keys => [.. (Data?["keys"] as JsonArray ?? []).Select(key => key?.ToString()).OfType<string>()];

    /// <summary>The texts of a refusal as one.</summary>
    public string DescribeErrors() => Errors.Count == 0 ? "it gave no reason" : string.Join("; ", Errors);
}
