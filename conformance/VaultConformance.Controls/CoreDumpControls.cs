using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Core dumps and other artefacts of memory on disk.</summary>
[TestFixture]
public sealed class CoreDumpControls : ControlFixture
{
    [Test, Control(
        "CORE-1", 1, Requirement.Must,
        Title = "The Vault process can never write a core file: soft and hard core limit are zero",
        Source = "Vault production hardening, Disable core dumps; course page",
        Remediation = "Start the server through the image's docker-entrypoint.sh, which sets the limit; do not replace command or args.")]
    public Task Vault_process_can_never_write_a_core_file() => EachServerPodAsync(async (pod, cancellationToken) =>
    {
        foreach (var vault in (await pod.ProcessesAsync(cancellationToken)).VaultServers)
        {
            Check(pod.Name, "core file limit of Vault (soft/hard)", vault.Limits?.CoreFileSize, Is.EqualTo(ResourceLimit.Zero));
        }
    });
}
