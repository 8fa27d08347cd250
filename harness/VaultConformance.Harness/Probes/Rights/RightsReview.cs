using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Rights;

/// <summary>Asks the API server in the name of an account what it may do: everywhere, and in each namespace.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="home">Namespace of the accounts.</param>
internal sealed class RightsReview(IKubernetes client, string home)
{
    // The API server does not ask whether a namespace exists. What is allowed in one that does not exist is allowed everywhere.
    private const string Nowhere = "vault-conformance-does-not-exist";

    // It decides for nodes only, and says so for everybody.
    private const string NodesOnly = "node authorizer does not support user rule resolution";
    private const int AtOnce = 16;

    /// <summary>The rights of accounts.</summary>
    /// <param name="accounts">Their names.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<AccountRights>> ReadAsync(IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        var namespaces = await ListNamespacesAsync(cancellationToken);
        List<AccountRights> rights = [];
        foreach (var account in accounts)
        {
            rights.Add(await ReadAsync(new AccountIdentity(home, account), namespaces, cancellationToken));
        }

        return rights;
    }

    /// <summary>
    /// Why roles are not all that decides about rights; null when they are. Asked in the name of the credentials themselves.
    /// </summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<string?> FindGapAsync(CancellationToken cancellationToken)
    {
        var review = new V1SelfSubjectRulesReview { Spec = new V1SelfSubjectRulesReviewSpec { NamespaceProperty = home } };
        var answer = await client.AuthorizationV1.CreateSelfSubjectRulesReviewAsync(review, cancellationToken: cancellationToken);
        List<string> gaps = [];
        AddGap(gaps, $"namespace {home}", answer.Status);
        return gaps.Count > 0 ? gaps[0] : null;
    }

    private async Task<AccountRights> ReadAsync(
        AccountIdentity account, IReadOnlyList<string>? namespaces, CancellationToken cancellationToken)
    {
        List<string> gaps = namespaces is null ? ["rights in other namespaces: the credentials must not list namespaces"] : [];
        var everywhere = await AskAsync(account, Nowhere, cancellationToken);
        AddGap(gaps, "the whole cluster", everywhere);
        List<ScopedRights> scopes = [new(null, ListRules(everywhere))];
        var known = scopes[0].Rules.Select(Describe).ToHashSet(StringComparer.Ordinal);
        foreach (var names in (namespaces ?? [home]).Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(names.Select(name => AskAsync(account, name, cancellationToken)));
            foreach (var (name, answer) in names.Zip(answers))
            {
                AddGap(gaps, $"namespace {name}", answer);
                IReadOnlyList<RightsRule> further = [.. ListRules(answer).Where(rule => !known.Contains(Describe(rule)))];
                scopes.AddRange(further.Count > 0 ? [new ScopedRights(name, further)] : Array.Empty<ScopedRights>());
            }
        }

        return new AccountRights(account.Name, scopes, gaps);
    }

    private async Task<V1SubjectRulesReviewStatus> AskAsync(AccountIdentity account, string name, CancellationToken cancellationToken)
    {
        // Without groups the API server gives the account those that it always has.
        var headers = new Dictionary<string, IReadOnlyList<string>> { ["Impersonate-User"] = [account.User] };
        var review = new V1SelfSubjectRulesReview { Spec = new V1SelfSubjectRulesReviewSpec { NamespaceProperty = name } };
        using var answer = await client.AuthorizationV1.CreateSelfSubjectRulesReviewWithHttpMessagesAsync(
            review, customHeaders: headers, cancellationToken: cancellationToken);
        return answer.Body.Status;
    }

    private async Task<IReadOnlyList<string>?> ListNamespacesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.CoreV1.ListNamespaceAsync(cancellationToken: cancellationToken);
            return [.. found.Items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal)];
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private static void AddGap(List<string> gaps, string place, V1SubjectRulesReviewStatus answer)
    {
        var problem = answer.EvaluationError ?? string.Empty;
        if (problem.Trim() != NodesOnly && (answer.Incomplete || problem.Length > 0))
        {
            gaps.Add($"rights in {place}: the API server does not know all of them{(problem.Length > 0 ? $" ({problem})" : string.Empty)}");
        }
    }

    private static IReadOnlyList<RightsRule> ListRules(V1SubjectRulesReviewStatus answer) =>
    [
        .. (answer.ResourceRules ?? []).Select(rule => new RightsRule(
            [.. rule.ApiGroups ?? []], [.. rule.Resources ?? []], [.. rule.ResourceNames ?? []], [.. rule.Verbs ?? []], [])),
        .. (answer.NonResourceRules ?? [])
            .Select(rule => new RightsRule([], [], [], [.. rule.Verbs ?? []], [.. rule.NonResourceURLs ?? []])),
    ];

    private static string Describe(RightsRule rule) => JsonSerializer.Serialize(rule);
}
