using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class FileOwnerTests
{
    [TestCase("-rw-r-----    1 100      1000           227 Nov 23 07:47 /tls/tls.key", 100, 1000, "640")]
    [TestCase("-rwsr-xr-x    1 0        0           227 Nov 23 07:47 /bin/su", 0, 0, "4755")]
    [TestCase("drwxrwxrwt    1 0        0           227 Nov 23 07:47 /tmp", 0, 0, "1777")]
    [TestCase("drwxr-S--T+   1 0        0           227 Nov 23 07:47 /x", 0, 0, "3740")]
    public void A_listing_tells_owner_and_mode(string listing, long uid, long gid, string mode) =>
        Assert.That(FileOwner.FromListing(listing), Is.EqualTo(((long?)uid, (long?)gid, mode)));

    [Test]
    public void A_stat_line_tells_owner_and_mode() => Assert.That(FileOwner.FromStat("100 1000 640"), Is.EqualTo(((long?)100, (long?)1000, "640")));

    [TestCase("")]
    [TestCase("? ? ?")]
    [TestCase("ls: /x: No such file or directory")]
    public void What_tells_nothing_is_unknown(string text)
    {
        Assert.That(FileOwner.FromListing(text), Is.EqualTo(((long?)null, (long?)null, (string?)null)));
        Assert.That(FileOwner.FromStat(text), Is.EqualTo(((long?)null, (long?)null, (string?)null)));
    }
}
