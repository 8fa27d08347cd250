using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Takes the policies of the server. Of their texts only paths and capabilities are kept.</summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
internal sealed class PoliciesProbe(ProbeContext context, ServerAccess access) : IProbe<PolicyFacts>
{
    private const int MostHolders = 1000;
    private const string DefaultPolicy = "default";
    private static readonly string[] Further = ["sys/policies/rgp", "sys/policies/egp"];

    /// <inheritdoc />
    public ObservationKind<PolicyFacts> Kind => ObservationKinds.Policies;

    /// <inheritdoc />
    public async Task<PolicyFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = await new ActiveServer(context, access).OpenAsync(cancellationToken);
        return await ReadAsync(reader, access.Baseline?.DefaultPolicySha256, cancellationToken);
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Reads paths.</param>
    /// <param name="firstDefault">
    /// Digest of the policy <c>default</c> before anybody configured the server; null where nobody looked.
    /// </param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HarnessException">The server does not list them.</exception>
    internal static async Task<PolicyFacts> ReadAsync(ApiReader reader, string? firstDefault, CancellationToken cancellationToken)
    {
        var list = await reader.ListAsync("sys/policies/acl", cancellationToken);
        var names = list.Keys ?? throw new HarnessException(FailureKind.Environment, $"{reader.Pod}: {list.Problem}.");
        List<ServerPolicy> policies = [];
        bool? changed = null;
        foreach (var name in names.Where(name => name != "root").Order(StringComparer.Ordinal))
        {
            var answer = await reader.ReadAsync($"sys/policies/acl/{Uri.EscapeDataString(name)}", cancellationToken);
            var text = answer.Data?["policy"]?.ToString();
            policies.Add(text is null ? new ServerPolicy(name, null, [], answer.Problem) : Parse(name, text));
            changed = name == DefaultPolicy && text is not null && firstDefault is not null
                ? PolicyDigest.Compute(text) != firstDefault
                : changed;
        }

        List<string> gaps = [];
        List<PolicyHolder> holders = [];
        await AddHoldersAsync(reader, "group", holders, gaps, cancellationToken);
        await AddHoldersAsync(reader, "entity", holders, gaps, cancellationToken);
        foreach (var path in Further)
        {
            gaps.AddRange(await FindFurtherAsync(reader, path, cancellationToken));
        }

        return new PolicyFacts(reader.Pod, policies, holders, changed, gaps);
    }

    private static ServerPolicy Parse(string name, string text)
    {
        try
        {
            var document = HclDocument.Parse(text);
            return new ServerPolicy(
                name,
                [.. document.Root
                    .ListStanzas("path")
                    .Select(rule => new PolicyRule(rule.Label.TrimStart('/'), ListCapabilities(rule.Body)))],
                [.. document.Duplicates.Select(duplicate => $"{duplicate.Path} (lines {string.Join(", ", duplicate.Lines)})")],
                null);
        }
        catch (HclSyntaxException exception)
        {
            return new ServerPolicy(name, null, [], $"its text cannot be parsed (line {exception.Line})");
        }
    }

    // An old policy says one word instead of a list.
    private static IReadOnlyList<string> ListCapabilities(HclBody body) =>
    [
        .. body.FindValue("capabilities") is HclList list ? list.Items.Select(item => item.AsText() ?? "?") : [],
        .. body.FindValue("policy")?.AsText() is { } word ? new[] { word } : [],
    ];

    private static async Task AddHoldersAsync(
        ApiReader reader, string kind, List<PolicyHolder> holders, List<string> gaps, CancellationToken cancellationToken)
    {
        var list = await reader.ListAsync($"identity/{kind}/id", cancellationToken);
        if (list.Keys is not { } ids)
        {
            gaps.Add($"{kind}: {list.Problem}");
            return;
        }

        if (ids.Count > MostHolders)
        {
            gaps.Add($"{kind}: only {MostHolders} of {ids.Count} were looked at");
        }

        foreach (var id in ids.Take(MostHolders))
        {
            var answer = await reader.ReadAsync($"identity/{kind}/id/{Uri.EscapeDataString(id)}", cancellationToken);
            if (answer.Data is { } data)
            {
                holders.Add(new PolicyHolder(
                    $"{kind} {data["name"]}",
                    [.. (data["policies"] as JsonArray ?? []).Select(policy => policy?.ToString() ?? string.Empty)]));
            }
            else if (!answer.IsEmpty)
            {
                gaps.Add($"{kind}: {answer.Problem}");
            }
        }
    }

    // Only Enterprise editions have them.
    private static async Task<IEnumerable<string>> FindFurtherAsync(ApiReader reader, string path, CancellationToken cancellationToken)
    {
        var answer = await reader.ListAsync(path, cancellationToken);
        return answer switch
        {
            { Keys: { } names } => names.Select(name => $"policy {name} of '{path}' is not judged"),
            { Reply.Status: 400 or 404 or 405 } => [],
            _ => [answer.Problem],
        };
    }
}
