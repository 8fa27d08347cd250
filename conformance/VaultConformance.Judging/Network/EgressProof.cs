using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Network;

/// <summary>Whether a server reaches a listener that no policy names, shown by connections that were tried.</summary>
/// <param name="facts">What was tried.</param>
internal sealed class EgressProof(NetworkFacts facts)
{
    private const string Fact = "a listener in a foreign namespace";
    private const string Kept = "out of reach";

    private readonly NetworkTrials _trials = new(facts);

    /// <summary>Judges a server.</summary>
    /// <param name="server">The server, as <c>pod/NAME</c>.</param>
    public Judgement Judge(string server) => _trials.Find(server, NetworkPlaces.Canary) switch
    {
        null => Judgement.Unknown(Fact, Kept, "it was not tried"),
        { Connected: true } => Judgement.Of(Fact, false, Kept, "connected").SayingOfSubject(
            "can connect to a listener that nobody named: no policy keeps it in, or the cluster does not enforce policies",
            "can connect to a listener that nobody named: no policy keeps them in, or the cluster does not enforce policies"),
        { Connected: null, Detail: var detail } => Judgement.Unknown(Fact, Kept, detail ?? "it was not tried"),
        var attempt => JudgeRefusal(server, attempt.Port),
    };

    // The listener takes one connection: that it still answers another pod shows that it was there and that the server had not come.
    private Judgement JudgeRefusal(string server, int port) => true switch
    {
        _ when !_trials.HasClient(server) =>
            Judgement.Unknown(Fact, Kept, "the server's container connected to nothing at all, so that its failure shows nothing"),
        _ when !_trials.Reached(NetworkPlaces.Near, NetworkPlaces.Canary, port) => Judgement.Unknown(
            Fact,
            Kept,
            "another pod of the namespace did not reach the listener either, so that nothing shows that it would have worked: let "
                + "policies leave out pods with the label app.kubernetes.io/name=vaultconformance-relay"),
        _ => Judgement.Of(Fact, true, Kept, Kept),
    };
}
