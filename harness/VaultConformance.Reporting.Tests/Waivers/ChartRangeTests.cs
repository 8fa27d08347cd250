using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Tests.Waivers;

public sealed class ChartRangeTests
{
    [TestCase(">=0.30.0 <0.36.0", "0.30.0", true)]
    [TestCase(">=0.30.0 <0.36.0", "0.35.9", true)]
    [TestCase(">=0.30.0 <0.36.0", "0.29.9", false)]
    [TestCase(">=0.30.0 <0.36.0", "0.36.0", false)]
    [TestCase(">=0.30.0 <0.36.0", "0.9.0", false, Description = "versions are compared as numbers")]
    [TestCase(">0.30.0 <=0.34.1", "0.30.0", false)]
    [TestCase(">0.30.0 <=0.34.1", "0.34.1", true)]
    [TestCase("=0.34.1", "0.34.1", true)]
    [TestCase("0.34.1", "0.34.2", false)]
    [TestCase("<0.28.0 || =0.34.1", "0.27.3", true)]
    [TestCase("<0.28.0 || =0.34.1", "0.34.1", true)]
    [TestCase("<0.28.0 || =0.34.1", "0.33.0", false)]
    [TestCase("0.34.*", "0.34.9", true)]
    [TestCase(">=0.30.0 <0.36.0", "v0.34.1", true, Description = "chart versions may start with v")]
    [TestCase(">=0.30.0 <0.36.0", "0.34.1-standin", true, Description = "pre-release parts do not count")]
    [TestCase(">=0.30.0 <0.36.0", "0.36.0-rc.1", false, Description = "a range ends before the pre-releases of its end")]
    [TestCase("=0.34.1", "0.34.1+build.5", true)]
    [TestCase(">=0.30.0 <0.36.0", "newest", false)]
    [TestCase(">=0.30.0 <0.36.0", "", false)]
    [TestCase(">=0.30.0 <0.36.0", null, false)]
    [TestCase(">=0.30.0 <0.36.0", "99999999999999999999.0.0", false)]
    public void A_version_is_in_a_range_or_not(string range, string? version, bool expected) =>
        Assert.That(ChartRange.TryParse(range)!.Contains(version), Is.EqualTo(expected));

    [TestCase(">=0.30.0 <0.36.0", true)]
    [TestCase("<0.36.0", true)]
    [TestCase("=0.34.1", true)]
    [TestCase(">=0.30.0", false)]
    [TestCase(">=0.30.0 <0.36.0 || >=1.0.0", false)]
    [TestCase("*", false)]
    public void A_range_without_an_upper_end_is_not_bounded(string range, bool expected) => Assert.That(ChartRange.TryParse(range)!.IsBounded, Is.EqualTo(expected));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("about 0.34")]
    [TestCase(">= ")]
    [TestCase(">=1.0.0 <0.5.0")]
    [TestCase("=1.0.0-rc.1")]
    [TestCase(null)]
    public void What_is_no_range_is_refused(string? text) => Assert.That(ChartRange.TryParse(text), Is.Null);
}
