using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

public sealed class AuditorPolicyTests
{
    [Test]
    public void It_names_the_methods_that_there_are_and_reads_no_secret()
    {
        var text = AuditorPolicy.Write([new MountedAt("token/", "token"), new MountedAt("prod/k8s/", "kubernetes"), new MountedAt("x/", "vendor")], [new MountedAt("shop/", "kv")], [new MountedAt("log/", "file")]);

        Assert.That(text, Does.StartWith(AuditorPolicy.Base)
            .And.Contain("path \"auth/prod/k8s/role\" { capabilities = [\"list\"] }\n").And.Contain("path \"auth/prod/k8s/role/+\" { capabilities = [\"read\"] }\n")
            .And.Contain("path \"sys/mounts/auth/prod/k8s/tune\" { capabilities = [\"read\"] }\n").And.Contain("path \"sys/audit-hash/log\" { capabilities = [\"update\"] }\n").And.Contain("path \"sys/mounts/shop/tune\" { capabilities = [\"read\"] }\n"));
        Assert.That(text, Does.Not.Contain("path \"shop/").And.Not.Contain("\"auth/x/").And.Not.Contain("*"));
    }

    [TestCase("a\" { }/")]
    [TestCase("team+/")]
    [TestCase("all*/")]
    [TestCase("back\\slash/")]
    public void A_path_that_would_name_more_than_itself_is_left_out(string path) =>
        Assert.That(AuditorPolicy.Write([new MountedAt(path, "approle")], [new MountedAt(path, "kv")], [new MountedAt(path, "file")]), Is.EqualTo(AuditorPolicy.Base));
}
