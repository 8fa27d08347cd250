using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Engine;

public sealed class CapabilityBoundsTests
{
    [Test]
    public void A_withheld_capability_is_seen()
    {
        var bounds = CapabilityBounds.Parse("Name:\tx\nCapEff:\t0000000000000000\nCapBnd:\t000001fffeffffff\nCapAmb:\t0\n", "40\n");

        Assert.That(bounds.Withheld, Is.EqualTo((int[])[24]));
    }

    [Test]
    public void A_full_set_withholds_nothing()
    {
        Assert.That(CapabilityBounds.Parse("CapBnd:\t000001ffffffffff\n", "40").Withheld, Is.Empty);
    }

    [Test]
    public void Capabilities_that_the_kernel_does_not_know_are_not_missed()
    {
        Assert.That(CapabilityBounds.Parse("CapBnd:\t0000003fffffffff\n", "37").Withheld, Is.Empty);
    }

    [Test]
    public void The_newest_capabilities_of_the_kernel_are_missed()
    {
        Assert.That(CapabilityBounds.Parse("CapBnd:\t0000003fffffffff\n", "40").Withheld, Is.EqualTo((int[])[38, 39, 40]));
    }

    [Test]
    public void A_status_without_the_line_is_no_full_set()
    {
        Assert.That(() => CapabilityBounds.Parse("CapEff:\t0\n", "40"), Throws.TypeOf<FormatException>());
    }
}
