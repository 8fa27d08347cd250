using System.Globalization;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Pods;

/// <summary>Reads the status document that ends an exec connection.</summary>
internal static class ExecStatus
{
    private const string RuntimePrefix = "OCI runtime exec failed";
    private static readonly string[] NoExecutable = ["executable file not found", "no such file or directory"];

    /// <summary>The exit code that the document tells.</summary>
    /// <exception cref="PodExecException">There is no document, it is broken, or it says that the command did not run.</exception>
    public static int ExitCode(ExecRequest request, ExecOutput output, Exception? lost)
    {
        var status = Parse(request, output.Status, lost);
        if (status.Status == "Success")
        {
            return 0;
        }

        var printed = DescribeOutput(output);
        return FindToldExitCode(status) switch
        {
            null => throw CreateNotRun(request, status.Message ?? status.Reason ?? "no message"),
            > 0 when printed.StartsWith(RuntimePrefix, StringComparison.Ordinal) => throw CreateNotRun(request, printed),
            var code => code.Value,
        };
    }

    private static V1Status Parse(ExecRequest request, ReadOnlyMemory<byte> document, Exception? lost)
    {
        try
        {
            if (document.Length > 0
                && KubernetesJson.Deserialize<V1Status>(Encoding.UTF8.GetString(document.Span)) is { Status: not null } status)
            {
                return status;
            }
        }
        catch (JsonException exception)
        {
            lost ??= exception;
        }

        var cause = lost is null ? "the connection was closed" : lost.Message.TrimEnd('.');
        throw new PodExecException(
            ExecFailure.NoStatus,
            $"The exec in {request.Target} ended without telling an exit code ({cause}), so its result is not known. "
            + "The container may have been restarted or the connection cut by a proxy; look at the pod's restarts and run again.",
            lost);
    }

    private static int? FindToldExitCode(V1Status status) =>
        status.Reason == "NonZeroExitCode"
        && status.Details?.Causes?.FirstOrDefault(cause => cause.Reason == "ExitCode")?.Message is { } told
        && int.TryParse(told, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;

    private static PodExecException CreateNotRun(ExecRequest request, string message)
    {
        var executable = request.Command[0];
        if (NoExecutable.Any(known => message.Contains(known, StringComparison.OrdinalIgnoreCase)))
        {
            return new PodExecException(
                ExecFailure.ExecutableNotFound,
                $"The image of {request.Target} has no '{executable}', so it cannot be checked from inside. "
                + "Images without a shell need access to the node or an ephemeral container.");
        }

        return new PodExecException(
            ExecFailure.Refused,
            $"The container runtime could not run '{executable}' in {request.Target}: {ExecResult.Quote(message)}. Look at the node's "
                + "kubelet and runtime.");
    }

    private static string DescribeOutput(ExecOutput output) =>
        Encoding.UTF8.GetString(output.Error.Span) + Encoding.UTF8.GetString(output.Output.Span);
}
