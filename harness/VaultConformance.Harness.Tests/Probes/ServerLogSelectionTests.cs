using VaultConformance.Harness.Probes;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class ServerLogSelectionTests
{
    private const string Log = """
        some wrapper speaks first
        ==> Vault server configuration:

                       Mlock: supported: true, enabled: false
                     Storage: raft (HA available)

        ==> Vault server started! Log data will stream in below:

        2026-11-23T07:47:22.945Z [INFO]  proxy environment: http_proxy=""
        2026-11-23T07:47:22.954Z [WARN]  core: join attempt failed:
          | * Vault is sealed
        ==> Vault reload triggered
        ==> Vault shutdown triggered
        2026-11-23T07:50:02.685Z [INFO]  core: vault is sealed
        """;

    [Test]
    public void The_start_up_block_and_telling_lines_are_kept_in_order() =>
        Assert.That(ServerLogSelection.Select(Log).Select(line => line.Trim()), Is.EqualTo((string[])
        [
            "==> Vault server configuration:",
            "Mlock: supported: true, enabled: false",
            "Storage: raft (HA available)",
            "==> Vault server started! Log data will stream in below:",
            "==> Vault reload triggered",
            "==> Vault shutdown triggered",
            "2026-11-23T07:50:02.685Z [INFO]  core: vault is sealed",
        ]));

    [TestCase("Error initializing core: Failed to lock memory: cannot allocate memory")]
    [TestCase("disable_mlock must be configured 'true' or 'false': Mlock prevents memory from being swapped")]
    [TestCase("sh: vault: Operation not permitted")]
    [TestCase("Couldn't start vault with IPC_LOCK. Disabling IPC_LOCK, please use --cap-add IPC_LOCK")]
    [TestCase("unable to set CAP_SETFCAP effective capability: Operation not permitted")]
    [TestCase("==> OpenBao shutdown triggered")]
    public void Lines_that_explain_a_failed_start_are_kept(string line) => Assert.That(ServerLogSelection.Select($"x\n{line}\ny"), Is.EqualTo((string[])[line]));

    [Test]
    public void A_server_that_fails_over_and_over_does_not_fill_the_evidence()
    {
        var lines = ServerLogSelection.Select(string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number} Permission denied\n")));

        Assert.That(lines, Has.Count.LessThan(600));
        Assert.That((lines[0], lines[^1]), Is.EqualTo(("0 Permission denied", "4999 Permission denied")));
    }
}
