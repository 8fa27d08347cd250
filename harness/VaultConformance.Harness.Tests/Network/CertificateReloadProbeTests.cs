using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(30_000)]
public sealed class CertificateReloadProbeTests
{
    [Test]
    public async Task A_server_that_reloads_is_seen_to_serve_the_replacement(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour());

        var facts = await release.TakeAsync("pod/vault-0", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Before, Is.EqualTo(release.First.Fingerprint));
            Assert.That(facts.After, Is.EqualTo(facts.Replacement).And.Not.EqualTo(facts.Before));
            Assert.That(facts.MountUpdated, Is.True);
            Assert.That(facts.MountUpdateTook, Is.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That((facts.RestartsBefore, facts.RestartsAfter, facts.StartTimeUnchanged), Is.EqualTo((2, 2, true)));
            Assert.That(facts.ReloadLogged, Is.EqualTo("==> Vault reload triggered"));
        }
    }

    [Test]
    public async Task The_secret_is_replaced_once_for_all_pods_and_keeps_its_authority(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour());

        var facts = await Task.WhenAll(release.TakeAsync("pod/vault-0", cancellationToken), release.TakeAsync("pod/vault-1", cancellationToken));

        Assert.That(facts[0].Replacement, Is.EqualTo(facts[1].Replacement));
        Assert.That(release.Patches, Has.Count.EqualTo(1));
        Assert.That(release.Patches[0].Select(member => member.Key), Is.EquivalentTo(new[] { "tls.crt", "tls.key" }));
        Assert.That(release.Annotated, Is.EquivalentTo(new[] { "vault-0", "vault-1" }));
    }

    [Test]
    public async Task What_needs_the_old_certificate_is_observed_before_it_goes(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour());

        await release.TakeAsync("pod/vault-0", cancellationToken);

        Assert.That(release.AskedBeforePatch, Has.Member(("paths", "release")));
        Assert.That(release.AskedBeforePatch, Has.Member(("listeners", "pod/vault-1")));
        Assert.That(release.AskedBeforePatch, Has.Member(("files", "pod/vault-1")));
    }

    [Test]
    public async Task A_mount_by_sub_path_is_not_waited_for(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour { SubPath = "tls.crt", MountUpdates = false });

        var facts = await release.TakeAsync("pod/vault-0", cancellationToken);

        Assert.That((facts.MountUpdated, facts.MountUpdateTook, facts.After), Is.EqualTo((false, (TimeSpan?)null, release.First.Fingerprint)));
        Assert.That(release.HungUp, Is.Empty);
    }

    [Test]
    public async Task A_process_that_took_the_servers_number_is_not_signalled(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour { StartTime = 4711 });

        var facts = await release.TakeAsync("pod/vault-0", cancellationToken);

        Assert.That((facts.StartTimeUnchanged, facts.ReloadLogged, facts.After), Is.EqualTo((false, (string?)null, release.First.Fingerprint)));
        Assert.That(release.HungUp, Is.Empty);
    }

    [Test]
    public async Task A_certificate_that_is_not_ours_is_left_alone(CancellationToken cancellationToken)
    {
        await using var release = await ReloadingRelease.StartAsync(new ReloadBehaviour { Ours = false });

        await Assert.ThatAsync(
            () => release.TakeAsync("pod/vault-0", cancellationToken),
            Throws.TypeOf<ObservationUnavailableException>().With.Property("Reason").Property("Cause").EqualTo(UnavailableCause.NotSupported));
        Assert.That(release.Patches, Is.Empty);
    }
}
