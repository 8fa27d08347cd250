using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class InitCommandsTests
{
    [TestCase("vault operator init -key-shares=1 -format=json > /tmp/keys.json", KeyTrace.Found)]
    [TestCase("if x; then /bin/vault operator init>>/vault/data/keys 2>&1; fi", KeyTrace.Found)]
    [TestCase("bao operator init | tee keys", KeyTrace.Found)]
    [TestCase("KEYS=$(vault operator init -format=json)", KeyTrace.Unclear)]
    [TestCase("vault operator init >/dev/null 2>&1", KeyTrace.Unclear)]
    [TestCase("vault operator init | kubectl create secret generic keys --from-file=/dev/stdin", KeyTrace.Unclear)]
    [TestCase("vault operator init -status > /tmp/status; vault operator unseal", KeyTrace.None)]
    [TestCase("# vault operator init > keys\nvault status", KeyTrace.None)]
    [TestCase("echo \"run vault operator init by hand\"", KeyTrace.None)]
    [TestCase("vault operator init-helper; sh vault-operator-init.sh", KeyTrace.None)]
    public void A_command_that_initialises_vault_is_told_by_where_its_keys_go(string script, KeyTrace trace) => Assert.That(InitCommands.In(["/bin/sh", "-c", script]), Is.EqualTo(trace));
}
