using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Network;

/// <summary>Whether a server is out of reach for those whom policies do not name, shown by connections that were tried.</summary>
/// <param name="facts">What was tried.</param>
internal sealed class IngressProof(NetworkFacts facts)
{
    private const string Kept = "kept out";
    private const string Advice =
        "let a policy admit pods with the label app.kubernetes.io/name=vaultconformance-relay of its own namespace";

    private readonly NetworkTrials _trials = new(facts);

    /// <summary>Judges a server.</summary>
    /// <param name="server">The server, as <c>pod/NAME</c>.</param>
    /// <param name="cluster">Its cluster port.</param>
    /// <param name="listening">The ports that it listens on; null when that is not known.</param>
    public IEnumerable<Judgement> Judge(string server, int cluster, IReadOnlyList<int>? listening)
    {
        var ports = _trials.ListPorts(server);
        if (ports.Count == 0)
        {
            yield return Judgement.Unknown("connections from a foreign namespace", Kept, "nothing was tried");
        }

        foreach (var port in ports)
        {
            yield return JudgeForeign(server, port, IsClosed(server, port, listening));
        }

        if (ports.Contains(cluster))
        {
            yield return JudgeNeighbour(server, cluster, IsClosed(server, cluster, listening));
        }

        if (listening?.Except(ports).ToList() is { Count: > 0 } left)
        {
            yield return Judgement.Unknown(
                "ports that the server listens on", "all tried", $"not tried: {string.Join(", ", left)}");
        }

        if (ports.Count > 0 && !ports.Any(port => _trials.Answers(server, port)))
        {
            yield return Judgement.Unknown("a port that listens", "one or more", "no pod could connect to any port of the server");
        }
    }

    /// <summary>True when a pod of a foreign namespace was kept out of every port that answers others, and could have connected.</summary>
    /// <param name="server">The server, as <c>pod/NAME</c>.</param>
    public bool KeepsOut(string server)
    {
        var answering = _trials.ListPorts(server).Where(port => _trials.Answers(server, port)).ToList();
        return answering.Count > 0 && _trials.CanConnect(NetworkPlaces.Far)
            && answering.TrueForAll(port => _trials.Find(NetworkPlaces.Far, server, port) is { Connected: false });
    }

    // What answers is open, whatever was read of it.
    private bool IsClosed(string server, int port, IReadOnlyList<int>? listening) =>
        listening?.Contains(port) == false && !_trials.Answers(server, port);

    private Judgement JudgeForeign(string server, int port, bool closed)
    {
        var fact = $"a pod of a foreign namespace on port {port}";
        return _trials.Find(NetworkPlaces.Far, server, port) switch
        {
            null => Judgement.Unknown(fact, Kept, "it was not tried"),
            { Connected: true } => Judgement.Of(fact, false, Kept, "connected").SayingOfSubject(
                $"can be connected to on port {port} from a namespace that nobody named: no policy keeps it out, or the cluster does not "
                    + "enforce policies",
                $"can be connected to on port {port} from a namespace that nobody named: no policy keeps it out, or the cluster does not "
                    + "enforce policies"),
            _ when closed => Judgement.Irrelevant(fact, "nothing listens there"),
            { Connected: null, Detail: var detail } => Judgement.Unknown(fact, Kept, detail ?? "it was not tried"),
            _ => JudgeRefusal(fact, server, port),
        };
    }

    // That nothing answered proves nothing; that others were answered at the same time does.
    private Judgement JudgeRefusal(string fact, string server, int port) => true switch
    {
        _ when !_trials.CanConnect(NetworkPlaces.Far) =>
            Judgement.Unknown(
                fact, Kept, "the pod of the foreign namespace connected to no pod at all, so that its failure shows nothing: let policies "
                    + "leave out pods with the label app.kubernetes.io/name=vaultconformance-relay"),
        _ when !_trials.Answers(server, port) => Judgement.Unknown(
            fact, Kept, $"nobody connected to this port, so that nothing shows that it would have worked: {Advice}"),
        _ => Judgement.Of(fact, true, Kept, Kept),
    };

    private Judgement JudgeNeighbour(string server, int port, bool closed)
    {
        var fact = $"a pod of the namespace that is not a server on the cluster port {port}";
        return _trials.Find(NetworkPlaces.Near, server, port) switch
        {
            { Connected: true } => Judgement.Of(fact, false, Kept, "connected").SayingOfSubject(
                $"can be connected to on the cluster port {port} by a pod that is not a server",
                $"can be connected to on the cluster port {port} by a pod that is not a server"),
            _ when closed => Judgement.Irrelevant(fact, "nothing listens there"),
            null => Judgement.Unknown(fact, Kept, "it was not tried"),
            { Connected: null, Detail: var detail } => Judgement.Unknown(fact, Kept, detail ?? "it was not tried"),
            _ when !_trials.CanConnect(NetworkPlaces.Near) => Judgement.Unknown(
                fact, Kept, $"the run's pod in the namespace connected to no pod at all, so that its failure shows nothing: {Advice}"),
            _ when !_trials.Answers(server, port) =>
                Judgement.Unknown(fact, Kept, "nobody connected to this port, so that nothing shows that it would have worked"),
            _ => Judgement.Of(fact, true, Kept, Kept),
        };
    }
}
