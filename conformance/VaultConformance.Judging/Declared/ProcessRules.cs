using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Shell;
using VaultConformance.Judging.Processes;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Declared;

/// <summary>What is declared about hooks and about the containers beside the server.</summary>
internal static class ProcessRules
{
    /// <summary>PROC-3: the hook leaves time. Whether its commands exist, only the image knows.</summary>
    public static IEnumerable<Judgement> JudgeHook(DeclaredServer server, DeclaredContext context)
    {
        var command = server.Container.Lifecycle?.PreStop?.Exec?.Command ?? [];
        var hook = new PreStopFacts([.. command], HookAnalysis.From([.. command]).Words, []);
        return PreStopHook.Judge(hook, server.Pod, server.Container, context.Parameters.ShutdownBudgetSeconds);
    }

    /// <summary>PROC-4: a renewed certificate arrives where the server reads it.</summary>
    public static IEnumerable<Judgement> JudgeReload(DeclaredServer server, DeclaredContext context) =>
        context.Parameters.WithoutTls ? [] : TransportRules.ListListeners(server)
            .Where(listener => !listener.TlsDisabled)
            .Select(listener => listener.CertificateFile)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Where(path => server.Container.MountHolding(path) is not null)
            .Select(path => JudgeMount(path, server.Container.MountHolding(path)!.SubPath
                ?? server.Container.MountHolding(path)!.SubPathExpr));

    /// <summary>PROC-5: other containers have nothing of the server's.</summary>
    public static IEnumerable<Judgement> JudgeSharing(DeclaredServer server, DeclaredContext context) => SharedVolumes.Judge(
        server.Pod,
        server.Container,
        ServerPod.ListSidecars(server.Pod),
        [server.Process],
        context.Parameters.DeclaredContainers);

    private static Judgement JudgeMount(string path, string? partial) => Judgement.Of(
            $"subPath of the mount under {path}",
            string.IsNullOrEmpty(partial),
            "none, so that renewals of the Secret arrive",
            string.IsNullOrEmpty(partial) ? "none" : partial)
        .Saying($"The certificate {path} is mounted by subPath, so a renewed one never arrives.");
}
