using VaultConformance.Harness;

namespace VaultConformance.OfflineKit.Tests.Building;

public sealed class KitPathsTests
{
    [Test]
    public void The_users_choice_comes_first()
    {
        Assert.That(Paths(("VAULT_CONFORMANCE_CACHE", "/big/disk"), ("XDG_CACHE_HOME", "/xdg")).Root, Is.EqualTo("/big/disk"));
    }

    [Test]
    public void A_relative_choice_is_refused()
    {
        Assert.That(
            () => Paths(("VAULT_CONFORMANCE_CACHE", "cache")),
            Throws.TypeOf<HarnessException>().With.Message.Contains("'cache'; it must be an absolute path"));
    }

    [Test, Platform("Linux,MacOsX")]
    public void Then_comes_the_desktops_place_for_caches()
    {
        Assert.That(Paths(("XDG_CACHE_HOME", "/xdg"), ("HOME", "/home/me")).Root, Is.EqualTo("/xdg/vault-conformance"));
    }

    [Test, Platform("Linux,MacOsX")]
    public void Then_comes_the_home_folder()
    {
        Assert.That(Paths(("HOME", "/home/me")).Root, Is.EqualTo("/home/me/.cache/vault-conformance"));
    }

    [Test, Platform("Linux,MacOsX")]
    public void Without_a_home_the_user_is_told_which_variable_to_set()
    {
        Assert.That(() => Paths(), Throws.TypeOf<HarnessException>().With.Message.Contains(KitPaths.Variable));
    }

    private static KitPaths Paths(params (string Name, string Value)[] variables) =>
        KitPaths.FromEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
