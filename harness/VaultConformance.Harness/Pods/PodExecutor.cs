using System.Buffers;
using System.Net.WebSockets;
using k8s;

namespace VaultConformance.Harness.Pods;

/// <summary>Runs commands in containers through the API server, over one WebSocket each, without a terminal.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
internal sealed class PodExecutor(IKubernetes client) : IPodExecutor
{
    private const int BufferSize = 32 * 1024;
    private readonly PodConnection _connection = new(client);

    /// <inheritdoc />
    public async Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
    {
        using var channels = new ChannelSocket(await OpenAsync(request, cancellationToken));
        using var output = new ExecOutput(request.OutputLimit);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendInputAsync(channels, request.Input, ended.Token);
        var lost = await ReceiveAsync(channels, output, cancellationToken);
        await ended.CancelAsync();
        lost = await sending ?? lost;
        if (output.TooLarge)
        {
            throw new PodExecException(
                ExecFailure.OutputTooLarge,
                $"The command '{request.Command[0]}' in {request.Target} printed more than the {request.OutputLimit} bytes that are "
                    + "allowed; it was given up.");
        }

        return new ExecResult(request.Target, ExecStatus.ExitCode(request, output, lost), output.Output, output.Error);
    }

    private async Task<WebSocket> OpenAsync(ExecRequest request, CancellationToken cancellationToken)
    {
        var target = request.Target;
        try
        {
            return await client.WebSocketNamespacedPodExecAsync(
                target.Pod,
                target.Namespace,
                request.Command,
                target.Container,
                stderr: true,
                stdin: request.Input.Length > 0,
                stdout: true,
                tty: false,
                WebSocketProtocol.V4BinaryWebsocketProtocol,
                cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (PodConnection.IsOpeningFailure(exception) && !cancellationToken.IsCancellationRequested)
        {
            var problem = await _connection.ExplainAsync(target, exception, cancellationToken);
            throw new PodExecException(problem.Failure, DescribeProblem(request, problem), exception);
        }
    }

    /// <summary>Reads all channels until the connection ends; returns how it was lost, or null when it was closed properly.</summary>
    private static async Task<Exception?> ReceiveAsync(ChannelSocket channels, ExecOutput output, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (!output.TooLarge && await channels.ReceiveAsync(buffer, cancellationToken) is { } piece)
            {
                output.Add(piece);
            }

            return null;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Sends standard input while output is read. A command may end without reading all of it, so a failure here matters only with a
    /// missing status.
    /// </summary>
    private static async Task<Exception?> SendInputAsync(
        ChannelSocket channels, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await channels.SendAsync(ExecChannels.Input, input, cancellationToken);
            return null;
        }
        catch (Exception exception)
            when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return exception is OperationCanceledException ? null : exception;
        }
    }

    private static string DescribeProblem(ExecRequest request, PodConnectionProblem problem) => problem.Failure switch
    {
        ExecFailure.NotAllowed =>
            $"Running a command in {request.Target} is not allowed: {problem.Reason}. The credentials need 'get' and 'create' on "
                + $"'pods/exec' in namespace '{request.Target.Namespace}'.",
        ExecFailure.PodNotFound =>
            $"No command can be run in {request.Target}: {problem.Reason}. It may have been deleted or renamed; list the pods of the "
                + "namespace.",
        ExecFailure.ContainerNotFound =>
            $"No command can be run in {request.Target}: {problem.Reason}. Name one of these.",
        ExecFailure.ContainerNotRunning =>
            $"No command can be run in {request.Target}: {problem.Reason}. Look at the pod's events and at the log of the container.",
        _ => $"Running a command in {request.Target} failed before it started: {problem.Reason}. Check the connection from the API server "
            + "to the node's kubelet.",
    };
}
