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
    [TestCase("curl -X PUT -d '{\"secret_shares\":1,\"secret_threshold\":1}' https://127.0.0.1:8200/v1/sys/init -o /vault/data/k.json", KeyTrace.Found)]
    [TestCase("curl -sk --data '{\n\"secret_shares\":1}' \\\n https://127.0.0.1:8200/v1/sys/init > /k", KeyTrace.Found)]
    [TestCase("wget -O /vault/data/k.json --post-data='{}' https://127.0.0.1:8200/v1/sys/init", KeyTrace.Found)]
    [TestCase("wget --post-data='{}' https://127.0.0.1:8200/v1/sys/init", KeyTrace.Found)]
    [TestCase("vault write -format=json sys/init secret_shares=1 > /vault/data/k.json", KeyTrace.Found)]
    [TestCase("bao write sys/init secret_shares=1 | tee /k", KeyTrace.Found)]
    [TestCase("K=$(curl -sXPOST $A/v1/sys/init -d@/body)", KeyTrace.Unclear)]
    [TestCase("wget -qO- --post-file=/b $A/v1/sys/init", KeyTrace.Unclear)]
    [TestCase("python3 -c \"requests.put(a+'/v1/sys/init', json=b)\"", KeyTrace.Unclear)]
    [TestCase("echo \"$(curl -X PUT $A/v1/sys/init)\"", KeyTrace.Unclear)]
    [TestCase("curl -s $A/v1/sys/init -o /tmp/status; curl -X PUT $A/v1/sys/unseal", KeyTrace.None)]
    [TestCase("vault read sys/init > /tmp/status", KeyTrace.None)]
    [TestCase("echo \"curl -X PUT $A/v1/sys/init\"", KeyTrace.None)]
    [TestCase("vault operator init -status > /tmp/status; vault operator unseal", KeyTrace.None)]
    [TestCase("# vault operator init > keys\nvault status", KeyTrace.None)]
    [TestCase("echo \"run vault operator init by hand\"", KeyTrace.None)]
    [TestCase("vault operator init-helper; sh vault-operator-init.sh", KeyTrace.None)]
    public void A_command_that_initialises_vault_is_told_by_where_its_keys_go(string script, object trace) => Assert.That(InitCommands.FindIn(["/bin/sh", "-c", script]), Is.EqualTo(trace));
}
