using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.TransportSecurity;

namespace VaultConformance.Judging.Quorum;

/// <summary>Whether only servers that can answer get requests, and whether the probes of the kubelet say what they should.</summary>
internal static class Eligibility
{
    private const string Tolerate = "service.alpha.kubernetes.io/tolerate-unready-endpoints";

    /// <summary>
    /// Judges the Services that lead to servers. The headless one of their StatefulSet is there for the servers, and one that selects by
    /// the state of a server leads to no sealed one.
    /// </summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> JudgeServices(AdmittedObjects objects)
    {
        var services = ServerServices.List(objects);
        yield return Judgement.None(
                "client Services that lead to servers that are not ready",
                services.Where(service => !IsForServers(service, objects) && !LeavesSealedOut(service) && IsOpenEarly(service))
                    .Select(service => service.Metadata.Name))
            .Saying(found => $"These Services send clients to sealed servers too (publishNotReadyAddresses): {found}.");
        foreach (var service in services.Where(IsForActive))
        {
            var pods = objects.ServerPods.Where(pod => ServerServices.Selects(service, pod)).Select(pod => pod.Metadata.Name).ToList();
            var fact = $"servers behind Service {service.Metadata.Name}";
            if (objects.ServerPods.All(pod => pod.Status is null))
            {
                // Servers say by labels which one is active, and none of these runs.
                yield return Judgement.Unknown(fact, "the active one", "no server runs that could say which one is active");
                continue;
            }

            yield return Judgement.Of(
                    fact, pods.Count == 1, "the active one", pods.Count == 0 ? "none" : string.Join(", ", pods))
                .Saying($"Service '{service.Metadata.Name}' should lead to the active server, and leads to "
                    + (pods.Count == 0 ? "none." : $"{string.Join(", ", pods)}."));
        }

        foreach (var open in ReleaseServices.JudgeUncertain(objects))
        {
            yield return open;
        }
    }

    /// <summary>Judges the labels by which a server says its state; nothing where it has none.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="state">What the server says.</param>
    public static IEnumerable<Judgement> JudgeLabels(V1Pod pod, VaultServerState state)
    {
        foreach (var (key, value) in pod.Metadata.Labels ?? new Dictionary<string, string>())
        {
            bool? expected = IsState(key, "sealed") ? state.Sealed
                : IsState(key, "initialized") ? state.Initialized
                : IsState(key, "active") && !IsPerformanceStandby(pod) && state.Standby is { } standby ? !standby && !state.Sealed
                : null;
            if (expected is { } holds)
            {
                var text = holds ? "true" : "false";
                yield return Judgement.Of($"label {key}", value == text, text, value)
                    .Saying($"The label {key} says '{value}', and the server says otherwise: Services select by it.");
            }
        }
    }

    /// <summary>Judges what the probes of a server mean.</summary>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">Its container.</param>
    /// <param name="state">What the server says.</param>
    /// <param name="several">True where other servers are there too.</param>
    public static IEnumerable<Judgement> JudgeProbes(V1Pod pod, V1Container container, VaultServerState state, bool several)
    {
        var enterprise = state.Version.Contains("+ent", StringComparison.Ordinal);
        yield return container.ReadinessProbe is { } ready
            ? JudgeReadiness(HealthAnswer.Read(ready, container, enterprise), several, pod, state)
            : Judgement.Of("readiness probe", false, "one that sealed servers fail", "none")
                .Saying("Without a readiness probe a sealed server gets requests.");
        foreach (var (name, probe) in new[] { ("liveness", container.LivenessProbe), ("startup", container.StartupProbe) })
        {
            yield return probe is null
                ? Judgement.Of($"{name} probe", true, "none, or one that every state passes", "none")
                : JudgeLiveness($"{name} probe", HealthAnswer.Read(probe, container, enterprise));
        }
    }

    private static Judgement JudgeReadiness(HealthAnswer answer, bool several, V1Pod pod, VaultServerState state)
    {
        const string Fact = "readiness probe";
        const string Expected = "passed by the active server and standbys, failed by sealed ones";
        var wrong = new[]
        {
            (answer.Sealed == true, "a sealed server counts as ready"),
            (answer.Active == false, "the active server does not count as ready"),
            (several && answer.Standby == false, "a standby never becomes ready"),
        }.Where(item => item.Item1).Select(item => item.Item2).ToList();
        return wrong.Count > 0
            ? Judgement.Of(Fact, false, Expected, string.Join(", ", wrong))
                .Saying($"By the readiness probe {string.Join(", and ", wrong)}.")
            : answer.Active is null || answer.Sealed is null || (several && answer.Standby is null && !IsShown(pod, state))
                ? Judgement.Unknown(Fact, Expected, "what it answers in each state is not known")
                : Judgement.Of(Fact, true, Expected, Expected);
    }

    // What the path does not tell of standbys, a standby that is ready shows. Others say it of themselves.
    private static bool IsShown(V1Pod pod, VaultServerState state) => state.Standby == false
        || (state is { Standby: true, Sealed: false }
            && (pod.Status?.Conditions ?? []).Any(condition => condition is { Type: "Ready", Status: "True" }));

    private static Judgement JudgeLiveness(string fact, HealthAnswer answer)
    {
        const string Expected = "passed in every state";
        var killed = new[]
        {
            (answer.Active, "active"), (answer.Standby, "standby"), (answer.Sealed, "sealed"), (answer.New, "not yet initialised"),
        };
        var states = killed.Where(item => item.Item1 == false).Select(item => item.Item2).ToList();
        return states.Count > 0
            ? Judgement.Of(fact, false, Expected, $"failed when {string.Join(", ", states)}")
                .Saying($"The {fact} ends servers that are {string.Join(", ", states)}, although nothing is wrong with them.")
            : killed.Any(item => item.Item1 is null)
                ? Judgement.Unknown(fact, Expected, "what it answers in each state is not known")
                : Judgement.Of(fact, true, Expected, Expected);
    }

    private static bool IsState(string key, string state) =>
        ServerProduct.IsStateLabel(key) && key.Split('-') is [_, var word] && word == state;

    // It answers requests, and is not the active server all the same.
    private static bool IsPerformanceStandby(V1Pod pod) => (pod.Metadata.Labels ?? new Dictionary<string, string>())
        .Any(label => ServerProduct.IsStateLabel(label.Key)
            && label.Key.EndsWith("-perf-standby", StringComparison.Ordinal)
            && label.Value == "true");

    private static bool IsForServers(V1Service service, AdmittedObjects objects) =>
        service.IsHeadless() && objects.StatefulSets.Any(set => set.Spec?.ServiceName == service.Metadata.Name);

    private static bool IsForActive(V1Service service) =>
        service.Spec.Selector.Any(label => IsState(label.Key, "active") && label.Value == "true");

    private static bool LeavesSealedOut(V1Service service) =>
        IsForActive(service) || service.Spec.Selector.Any(label => IsState(label.Key, "sealed") && label.Value == "false");

    private static bool IsOpenEarly(V1Service service) => service.Spec.PublishNotReadyAddresses == true
        || (service.Metadata.Annotations?.TryGetValue(Tolerate, out var text) == true && text == "true");
}
