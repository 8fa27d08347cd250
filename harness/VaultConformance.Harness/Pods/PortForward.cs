using k8s;

namespace VaultConformance.Harness.Pods;

/// <summary>Opens connections to ports of pods through the API server; one WebSocket per connection.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="namespace">Namespace of the pods.</param>
internal sealed class PortForward(IKubernetes client, string @namespace)
{
    /// <summary>The sub-protocol of the kubelet's port forwarding over WebSockets.</summary>
    private const string Protocol = WebSocketProtocol.V4BinaryWebsocketProtocol;

    private readonly PodConnection _connection = new(client);

    /// <summary>Opens one connection. That nothing listens on the port is only told by the first read.</summary>
    /// <param name="pod">Pod name.</param>
    /// <param name="port">Port in the pod.</param>
    /// <param name="cancellationToken">Cancels opening it.</param>
    /// <returns>
    /// The connection; dispose it. It fails with an <see cref="IOException"/> whose inner exception is a <see cref="PortForwardException"/>
    /// that says what the kubelet reported. There is no half-close: disposing ends both directions.
    /// </returns>
    /// <exception cref="PortForwardException">The API server did not open it.</exception>
    public async Task<Stream> ConnectAsync(string pod, int port, CancellationToken cancellationToken)
    {
        var target = $"port {port} of pod '{@namespace}/{pod}'";
        try
        {
            var socket = await client.WebSocketNamespacedPodPortForwardAsync(
                pod, @namespace, [port], Protocol, cancellationToken: cancellationToken);
            return new PortForwardStream(new ChannelSocket(socket), target);
        }
        catch (Exception exception) when (PodConnection.IsOpeningFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            var problem = await _connection.ExplainAsync(new PodContainer(@namespace, pod, string.Empty), exception, cancellationToken);
            throw new PortForwardException(
                DescribeProblem(problem, target, exception),
                exception) { MayPass = problem.Failure is not (ExecFailure.NotAllowed or ExecFailure.PodNotFound) };
        }
    }

    /// <summary>Listens on a free loopback port and connects every client to the pod, for tools that need an address.</summary>
    /// <param name="pod">Pod name.</param>
    /// <param name="port">Port in the pod.</param>
    /// <returns>The listener; disposing it ends all its connections.</returns>
    public LocalPortForward Listen(string pod, int port) => new(cancellationToken => ConnectAsync(pod, port, cancellationToken));

    private static string DescribeProblem(PodConnectionProblem problem, string target, Exception exception) => problem.Failure switch
    {
        ExecFailure.NotAllowed =>
            $"Connecting to {target} is not allowed: {problem.Reason}. The credentials need 'get' and 'create' on 'pods/portforward' in "
                + "the namespace.",
        ExecFailure.PodNotFound =>
            $"Connecting to {target} failed: {problem.Reason}. It may have been deleted; list the pods of the namespace.",
        _ => $"Connecting to {target} failed: {exception.Message.TrimEnd('.')}. Check that the pod runs and that the API server reaches "
            + "its kubelet.",
    };
}
