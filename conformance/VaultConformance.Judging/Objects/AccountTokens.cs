using System.Globalization;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Objects;

/// <summary>
/// Whether a pod has an identity of its own towards Kubernetes, and only tokens that are bound to the pod and expire. A token in a Secret
/// does neither: whoever has read it once can use it until the Secret is deleted.
/// </summary>
internal static class AccountTokens
{
    private const string TokenType = "kubernetes.io/service-account-token";
    private const string Own = "an account of its own";
    private const string DefaultAccount = "default";
    private const long Day = 24 * 60 * 60;

    /// <summary>Judges a server pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="objects">Holds the Secrets and the other pods.</param>
    public static IEnumerable<Judgement> JudgeServer(V1Pod pod, AdmittedObjects objects)
    {
        var account = pod.Spec.ServiceAccountName;
        yield return JudgeName(account);
        if (!string.IsNullOrEmpty(account))
        {
            yield return JudgeSecrets(account, objects);
        }

        foreach (var judgement in JudgeTokens(pod, objects))
        {
            yield return judgement;
        }
    }

    /// <summary>Judges a pod that is not a server: it must not act as one, and the rest is only recommended.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="objects">Holds the Secrets and the servers.</param>
    public static IEnumerable<Judgement> JudgeOther(V1Pod pod, AdmittedObjects objects)
    {
        var account = pod.Spec.ServiceAccountName;
        var servers = objects.ServerPods.Select(server => server.Spec.ServiceAccountName).ToHashSet(StringComparer.Ordinal);
        var named = string.IsNullOrEmpty(account) ? DefaultAccount : account;
        yield return Judgement.Of("ServiceAccount that the servers use", !servers.Contains(named), "not used by other pods", named)
            .Saying($"Another pod uses the servers' ServiceAccount '{named}'.").AsRecommendation();
        if (named == DefaultAccount && ListProjected(pod).Any())
        {
            yield return Judgement.Of("ServiceAccount", false, Own, named)
                .Saying("A pod beside the servers gets a token of the ServiceAccount 'default'.").AsRecommendation();
        }

        foreach (var judgement in JudgeTokens(pod, objects))
        {
            yield return judgement.AsRecommendation();
        }
    }

    private static Judgement JudgeName(string? account) => string.IsNullOrEmpty(account)
        ? Judgement.Unknown("ServiceAccount", Own, "the pod as recorded does not say it")
        : Judgement.Of("ServiceAccount", account != DefaultAccount, Own, account)
            .Saying("The server runs as the ServiceAccount 'default', which every pod of the namespace gets unless it says otherwise.");

    private static Judgement JudgeSecrets(string account, AdmittedObjects objects)
    {
        const string Fact = "Secrets that hold a token of the ServiceAccount";
        var tokens = objects.Secrets.Where(secret => secret.Type == TokenType).ToList();
        var own = tokens.Where(secret => secret.ServiceAccount == account).Select(secret => secret.Name).ToList();
        var unclear = tokens.Where(secret => secret.ServiceAccount is null).Select(secret => secret.Name).ToList();
        return own.Count == 0 && unclear.Count > 0
            ? Judgement.Unknown(Fact, "none", $"whose tokens these Secrets hold was not recorded: {string.Join(", ", unclear)}")
            : Judgement.None(Fact, own)
                .Saying(found => $"A token of the server's ServiceAccount that never expires is in a Secret: {found}.");
    }

    private static IEnumerable<Judgement> JudgeTokens(V1Pod pod, AdmittedObjects objects)
    {
        var tokens =
            objects.Secrets.Where(secret => secret.Type == TokenType).Select(secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        yield return Judgement.None(
                "tokens from Secrets",
                SecretUses.List(pod).Where(use => tokens.Contains(use.Secret)).Select(use => $"{use.Secret} ({use.Place})"))
            .Saying(found => $"The pod gets a token that never expires from a Secret: {found}.");
        foreach (var (volume, seconds) in ListProjected(pod))
        {
            yield return JudgeLifetime(volume, seconds);
        }
    }

    private static Judgement JudgeLifetime(string volume, long? seconds)
    {
        var fact = $"lifetime of the token in volume {volume}";
        const string Expected = "at most 24 h";
        return seconds is not { } lifetime
            ? Judgement.Unknown(fact, Expected, "the pod as recorded does not say it")
            : Judgement.Of(fact, lifetime <= Day, Expected, string.Create(CultureInfo.InvariantCulture, $"{lifetime} s"))
                .Saying(found => $"The token in volume '{volume}' is valid for {found}, which is longer than a day.")
                .AsRecommendation();
    }

    private static IEnumerable<(string Volume, long? Seconds)> ListProjected(V1Pod pod) =>
        from volume in pod.Spec.Volumes ?? []
        from source in volume.Projected?.Sources ?? []
        where source.ServiceAccountToken is not null
        select (volume.Name, source.ServiceAccountToken.ExpirationSeconds);
}
